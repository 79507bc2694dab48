import { expect, test } from 'vitest';
import { flatten, pairUp } from './flatten';

test('nested content becomes named texts in order', () => {
  const paths = flatten({ title: 'A', cta: { label: 'B', href: '/c' }, tags: ['x'] }).map(({ path }) => path);
  expect(paths).toEqual(['title', 'cta.label', 'cta.href', 'tags.0']);
});

test('a bare text is one field without a name', () => {
  expect(flatten('Hello')).toEqual([{ path: '', text: 'Hello', plain: false }]);
});

test('numbers are not words of a language', () => {
  expect(flatten({ price: 12 })[0]).toEqual({ path: 'price', text: '12', plain: true });
});

test('a field only one side has is kept, with nothing opposite', () => {
  const pairs = pairUp({ title: 'A', note: 'old' }, { title: 'B', hint: 'new' });
  expect(pairs.map(({ path, before, after }) => [path, before?.text ?? null, after?.text ?? null])).toEqual([
    ['title', 'A', 'B'],
    ['hint', null, 'new'],
    ['note', 'old', null],
  ]);
});
