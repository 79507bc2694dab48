/** What is sent to be audited. */
export type OrderFile = { path: string; text: string } | { path: string; base64: string };

export interface Order {
  name?: string;
  files: OrderFile[];
  markets: string[];
  locale?: string;
  dates?: { first: string; last: string };
}

/** The server takes four mebibytes in all; base64 and quotes need room. */
export const MOST_BYTES = 2_500_000;
export const MOST_FILES = 100;

export interface Chosen {
  path: string;
  bytes: Uint8Array;
}

export type Refusal = { kind: 'too-many'; most: number } | { kind: 'too-large'; megabytes: number; most: number };

/** Says why files can't be sent, before anybody waits for a refusal. */
export function refusalOf(files: Chosen[]): Refusal | null {
  if (MOST_FILES < files.length) return { kind: 'too-many', most: MOST_FILES };
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  return MOST_BYTES < bytes ? { kind: 'too-large', megabytes: bytes / 1e6, most: MOST_BYTES / 1e6 } : null;
}

/** New files take the place of those with the same path. */
export const joined = (before: Chosen[], added: Chosen[]): Chosen[] => [
  ...before.filter(({ path }) => !added.some((file) => file.path === path)),
  ...added,
];

/** As text where the bytes are text; a byte-order mark stays, because places are counted with it. */
export function orderFile({ path, bytes }: Chosen): OrderFile {
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { path, base64: base64Of(bytes) };
  }
}

/** In slices: a call with millions of arguments would overflow. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

/** Both days, or none; the form says what is missing. */
export function datesOf(first: string, last: string): { first: string; last: string } | 'half' | 'reversed' | null {
  if (first === '' && last === '') return null;
  if (first === '' || last === '') return 'half';
  return last < first ? 'reversed' : { first, last };
}
