import { expect, test } from 'vitest';
import { excerpt, inUtf16, linesOf } from './highlight';

/** Where a word stands, in bytes, as the server would say. */
function bytesOf(text: string, word: string) {
  const start = new TextEncoder().encode(text.slice(0, text.indexOf(word))).length;
  return { start, end: start + new TextEncoder().encode(word).length };
}

const cut = (text: string, start: number, end: number) => {
  const [span] = inUtf16(text, [{ start, end }]);
  return text.slice(span!.start, span!.end);
};

for (const [name, text, word] of [
  ['plain letters', 'a gift of four', 'four'],
  ['accents', 'déjà vu à Paris', 'Paris'],
  ['Japanese', '贈り物は四つ入りです', '四つ'],
  ['Arabic', 'هدايا الخريف للجميع', 'الخريف'],
  ['emoji of many units', '👩‍👩‍👧 and 🎁 for four', 'four'],
  ['an emoji itself', 'a 🎁 for 👍🏽 you', '👍🏽'],
  ['a mark at the head', '\ufeffa gift', 'gift'],
] as const)
  test(`bytes are found again: ${name}`, () => {
    const { start, end } = bytesOf(text, word);
    expect(cut(text, start, end)).toBe(word);
  });

test('a stretch that cuts a character in two holds all of it', () => {
  expect(cut('a🎁b', 2, 4)).toBe('🎁');
  expect(cut('四つ', 1, 2)).toBe('四');
});

test('a stretch beyond the end is cut', () => {
  expect(cut('ab', 1, 99)).toBe('b');
  expect(cut('ab', 50, 99)).toBe('');
});

const shown = (text: string, ...marks: [number, number, number][]) =>
  linesOf(
    text,
    marks.map(([start, end, number]) => ({ start, end, number })),
  ).map(({ pieces }) => pieces.map((piece) => `${piece.text}${piece.numbers.length ? `[${piece.numbers}]` : ''}${piece.ends.length ? `^${piece.ends}` : ''}`).join('|'));

test('a text is cut at its marks, and the number stands after the last letter', () => {
  expect(shown('a gift of four', [2, 6, 1])).toEqual(['a |gift[1]^1| of four']);
});

test('marks may overlap', () => {
  expect(shown('abcdef', [0, 4, 1], [2, 6, 2])).toEqual(['ab[1]|cd[1,2]^1|ef[2]^2']);
});

test('a mark may run over lines', () => {
  expect(shown('ab\r\ncd', [1, 6, 1])).toEqual(['a|b[1]', 'cd[1]^1']);
});

test('where something is missing the letter after it is marked, else the one before', () => {
  expect(shown('ab', [1, 1, 1])).toEqual(['a|b[1]^1']);
  expect(shown('a🎁', [3, 3, 1])).toEqual(['a|🎁[1]^1']);
});

test('nothing is lost on the way', () => {
  const text = 'one\ntwo 🎁\n\nthree';
  expect(linesOf(text, [{ start: 2, end: 9, number: 1 }]).map(({ pieces }) => pieces.map((piece) => piece.text).join('')).join('\n')).toBe(text);
});

test('far lines are left out', () => {
  const lines = linesOf('a\nb\nc\nd\ne\nf', [{ start: 4, end: 5, number: 1 }]);
  expect(excerpt(lines, 1).map((line) => line?.number ?? '…')).toEqual(['…', 2, 3, 4, '…']);
});
