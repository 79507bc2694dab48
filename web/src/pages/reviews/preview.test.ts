import { expect, test } from 'vitest';
import { lengthOf, previewOf } from './preview';

const parts = (content: unknown) => Object.fromEntries(previewOf(content).map(({ path, part }) => [path, part]));

test('names tell what a field is on the page', () => {
  expect(parts({ title: 'A', text: 'B', cta: { label: 'C', href: '/d' }, image: { alt: 'E' } })).toEqual({
    title: 'heading',
    text: 'body',
    'cta.label': 'button',
    'cta.href': 'address',
    'image.alt': 'picture',
  });
});

test('markup is shown as code, whatever its field is called', () => {
  expect(parts({ title: '<img src=x onerror=alert(1)>', text: '<svg><path/></svg>', note: 'a &lt; b', sum: '1 < 2 > 0' })).toEqual({
    title: 'code',
    text: 'code',
    note: 'code',
    sum: 'body',
  });
});

test('a number is not a heading', () => {
  expect(parts({ title: 3 })).toEqual({ title: 'body' });
});

test('length counts what readers count', () => {
  expect([lengthOf('👩‍👩‍👧', 'en'), lengthOf('e\u0301', 'fr'), lengthOf('秋', 'ja'), lengthOf('', 'en')]).toEqual([1, 1, 1, 0]);
});
