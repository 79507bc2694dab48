import { expect, test } from 'vitest';
import { byRegion, regionOf, REGIONS } from './regions';

test('a market stands in the region of its territory', () => {
  expect(['pt-BR', 'de-CH', 'ar-EG', 'zh-Hant-HK', 'en-NZ'].map(regionOf)).toEqual(['americas', 'europe', 'africa', 'asia', 'oceania']);
});

test('what names no known territory stands elsewhere', () => {
  expect(['es-419', 'ja', 'not a market'].map(regionOf)).toEqual(['elsewhere', 'elsewhere', 'elsewhere']);
});

test('groups keep their order, and markets follow their names', () => {
  const groups = byRegion([{ market: 'ja-JP' }, { market: 'pt-BR' }, { market: 'ar-SA' }], (market) => market, 'en');
  expect(groups.map(({ region, markets }) => [region, markets.map(({ market }) => market)])).toEqual([
    ['americas', ['pt-BR']],
    ['asia', ['ar-SA', 'ja-JP']],
  ]);
});

test('every region a browser knows has one place', () => {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((one) => letters.map((other) => one + other));
  // Withdrawn codes resolve to another one; these are groups, tests and places without people.
  const odd = new Set(['AC', 'AQ', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ']);
  const missing = codes.filter(
    (code) => names.of(code) && !odd.has(code) && new Intl.Locale(`und-${code}`).region === code && regionOf(`und-${code}`) === 'elsewhere',
  );
  expect([missing, REGIONS.length]).toEqual([[], 6]);
});
