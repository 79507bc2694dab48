import { expect, test } from 'vitest';
import { wordDifference } from './words';

const marked = (before: string, after: string, locale = 'en') =>
  wordDifference(before, after, locale)
    .map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `{+${text}+}` })[kind])
    .join('');

test('a changed word is marked alone', () => {
  expect(marked('Buy gifts now', 'Choose gifts now')).toBe('[-Buy-]{+Choose+} gifts now');
});

test('equal texts have no marks', () => {
  expect(marked('As it was', 'As it was')).toBe('As it was');
});

test('Japanese is compared by words although it has no spaces', () => {
  const pieces = wordDifference('秋の贈り物', '冬の贈り物', 'ja');
  expect(pieces.find(({ kind }) => kind === 'same')?.text).toContain('贈り物');
});

test('Arabic keeps its words whole', () => {
  expect(marked('هدايا الخريف', 'هدايا الشتاء', 'ar')).toBe('هدايا [-الخريف-]{+الشتاء+}');
});

test('both sides can be read back from the pieces', () => {
  const [before, after] = ['one two three four', 'zero one three five four'];
  const pieces = wordDifference(before, after, 'en');
  const side = (drop: string) => pieces.filter(({ kind }) => kind !== drop).map(({ text }) => text).join('');
  expect([side('added'), side('removed')]).toEqual([before, after]);
});

test('a very long text counts as rewritten', () => {
  const long = (word: string) => `${word} `.repeat(2_000);
  expect(wordDifference(long('a'), long('b'), 'en').map(({ kind }) => kind)).toEqual(['removed', 'added']);
});
