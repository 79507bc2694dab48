export interface Piece {
  kind: 'same' | 'removed' | 'added';
  text: string;
}

/** Beyond this many comparisons a text counts as rewritten: the difference would tell nothing. */
const MOST = 1_000_000;

/** Words as the language divides them: Japanese and Thai have no spaces to split at. */
export function segments(text: string, locale: string): string[] {
  const cut = new Intl.Segmenter(locale, { granularity: 'word' });
  return [...cut.segment(text)].map(({ segment }) => segment);
}

/** What was taken out and what was put in, by longest common subsequence of words. */
export function wordDifference(before: string, after: string, locale: string): Piece[] {
  const [a, b] = [segments(before, locale), segments(after, locale)];
  if (MOST < a.length * b.length) return joined([piece('removed', before), piece('added', after)]);

  // common[i][j]: length of the longest common run of words of a[i..] and b[j..].
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; 0 <= i; i--)
    for (let j = b.length - 1; 0 <= j; j--)
      common[i]![j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

  const pieces: Piece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push(piece('same', a[i]!));
      i++;
      j++;
    } else if (i < a.length && (j === b.length || at(i, j + 1) <= at(i + 1, j))) pieces.push(piece('removed', a[i++]!));
    else pieces.push(piece('added', b[j++]!));
  }
  return joined(pieces);
}

const piece = (kind: Piece['kind'], text: string): Piece => ({ kind, text });

/** Neighbours of one kind become one mark, so that screen readers don't stop at each word. */
function joined(pieces: Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const { kind, text } of pieces) {
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text;
    else if (text !== '') out.push({ kind, text });
  }
  return out;
}
