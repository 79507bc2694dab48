import { expect, test } from 'vitest';
import { csvText } from './csv';

const lineOf = (value: string | number | boolean | null) => csvText(['a'], [{ a: value }]).split('\r\n')[1];

test('a head, a line for each row, and an end of line at the end', () => {
  expect(csvText(['a', 'b'], [{ a: 'x', b: 1 }])).toBe('a,b\r\nx,1\r\n');
});

test('numbers stay plain numbers, and nothing is nothing', () => {
  expect([lineOf(-0.5), lineOf(null), lineOf(false)]).toEqual(['-0.5', '', 'false']);
});

test('text that a spreadsheet would run is defused', () => {
  expect(lineOf('=1+1')).toBe("'=1+1");
});

test('commas, quotes and ends of line are quoted', () => {
  expect(lineOf('a "b", c')).toBe('"a ""b"", c"');
});
