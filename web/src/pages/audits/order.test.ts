import { expect, test } from 'vitest';
import { datesOf, joined, MOST_FILES, orderFile, refusalOf } from './order';

const file = (path: string, ...bytes: number[]) => ({ path, bytes: Uint8Array.from(bytes) });

test('text is sent as text, with its byte-order mark', () => {
  expect(orderFile(file('a.md', 0xef, 0xbb, 0xbf, 0x68, 0x69))).toEqual({ path: 'a.md', text: '\ufeffhi' });
});

test('what is no text is sent as bytes', () => {
  expect(orderFile(file('a.png', 0x89, 0x50, 0xff))).toEqual({ path: 'a.png', base64: 'iVD/' });
});

test('too much is refused before it is sent', () => {
  expect(refusalOf([{ path: 'a', bytes: new Uint8Array(3_000_000) }])).toEqual({ kind: 'too-large', megabytes: 3, most: 2.5 });
  expect(refusalOf(Array.from({ length: MOST_FILES + 1 }, (_, at) => file(`${at}`)))?.kind).toBe('too-many');
  expect(refusalOf([file('a', 1)])).toBeNull();
});

test('a file that comes again takes the place of the old one', () => {
  expect(joined([file('a', 1), file('b', 2)], [file('a', 3)])).toEqual([file('b', 2), file('a', 3)]);
});

test('days come in pairs and in order', () => {
  expect([datesOf('', ''), datesOf('2026-12-01', ''), datesOf('2026-12-02', '2026-12-01')]).toEqual([null, 'half', 'reversed']);
  expect(datesOf('2026-12-01', '2026-12-01')).toEqual({ first: '2026-12-01', last: '2026-12-01' });
});
