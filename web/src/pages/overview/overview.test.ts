import { expect, test } from 'vitest';
import { countsOf, nextStep, overviewCsv, statusOf, tally, type MarketState, type SlotState, type SlotVerdict } from './overview';

const slot = (verdict: SlotVerdict | null, over: Partial<SlotState> = {}): SlotState => ({
  slot: 'home.hero',
  metric: 'ctr',
  n: 900,
  estimate: 0.01,
  interval: { level: 0.95, low: 0.001, high: 0.02 },
  verdict,
  reason: null,
  ...over,
});

const market = (over: Partial<MarketState>): MarketState => ({
  market: 'ja-JP',
  quiet: false,
  waiting: 0,
  findings: null,
  claims: { all: 24, opened: 24 },
  slots: [],
  ...over,
});

test('one slot that does worse outweighs those that do better', () => {
  expect(statusOf(market({ slots: [slot('adapted-better'), slot('adapted-worse'), slot('adapted-better')] }))).toBe('worse');
});

test('quiet mode is said before any verdict', () => {
  expect(statusOf(market({ quiet: true, slots: [slot('adapted-worse')] }))).toBe('quiet');
});

test('a market without slots and one without verdicts are not the same', () => {
  expect(statusOf(market({}))).toBe('none');
  expect(statusOf(market({ slots: [slot(null), slot('too-early')] }))).toBe('early');
});

test('no difference is an answer', () => {
  expect(statusOf(market({ slots: [slot('no-difference-seen'), slot('too-early')] }))).toBe('same');
});

test('verdicts are counted, and none counts as too early', () => {
  expect(countsOf(market({ slots: [slot(null), slot('too-early'), slot('adapted-better')] }))).toEqual({ better: 1, worse: 0, same: 0, early: 2 });
});

test('markets are tallied by what their tile says', () => {
  expect(tally([market({}), market({ quiet: true }), market({})], 'none')).toBe(2);
});

test('the next step is the first that is not done', () => {
  expect(nextStep([{ key: 'markets', done: true }, { key: 'people', done: false }, { key: 'slots', done: false }])).toBe('people');
  expect(nextStep([{ key: 'markets', done: true }])).toBeNull();
});

test('the file leaves a number out where it is too early', () => {
  const lines = overviewCsv([market({ slots: [slot('too-early', { reason: 'too few' })] }), market({ market: 'de-DE' })]).trim().split('\r\n');
  expect(lines.slice(1)).toEqual([
    'ja-JP,false,0,,,,24,24,home.hero,ctr,900,,,,,too-early,too few',
    'de-DE,false,0,,,,24,24,,,,,,,,,',
  ]);
});
