import { expect, test } from 'vitest';
import { csvOf } from './csv';
import { cell, early, reportOf } from './example';

const linesOf = (...cells: Parameters<typeof reportOf>[0]) => csvOf(reportOf(cells)).split('\r\n');

test('there is a line for each row of the report, three for all markets, and a head', () => {
  expect(linesOf(cell({}), early()).filter(Boolean)).toHaveLength(1 + 2 + 3);
});

test('numbers stay plain numbers', () => {
  expect(linesOf(cell({ estimate: -0.012 }))[1]).toBe('ja-JP,difference,,false,1000,,-0.012,0.002,0.022,0.95,,,,adapted-better,');
});

test('too early leaves the numbers empty even if the server sent some', () => {
  const line = linesOf(early({ estimate: 0.5, interval: { level: 0.95, low: 0.1, high: 0.9 }, reason: null }))[1];
  expect(line).toBe('ja-JP,difference,,false,40,,,,,,,,,too-early,');
});
