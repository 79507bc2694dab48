import { expect, test } from 'vitest';
import { leaderOf, learningCsv, marketsOf, seenIn, trendsOf, type Learning } from './learning';

const moment = (events: number, shares: Record<string, number>, n = events) => ({
  at: '2026-11-20T10:00:00Z',
  events,
  markets: [
    {
      market: 'ja-JP',
      n,
      arms: Object.entries(shares).map(([variant, share]) => ({ variant, generic: variant === 'classic', share, mean: null })),
    },
  ],
});

const learning = (...points: Learning['points']): Learning => ({ slot: 'home.hero', simulated: true, points, notes: [] });

test('a share runs along the events that were counted', () => {
  const [classic] = trendsOf(learning(moment(100, { classic: 0.5 }), moment(150, { classic: 0.4 }), moment(300, { classic: 0.1 })), 'ja-JP');
  expect(classic!.points).toEqual([
    { x: 0, y: 0.5 },
    { x: 0.25, y: 0.4 },
    { x: 1, y: 0.1 },
  ]);
  expect([classic!.first, classic!.last]).toEqual([0.5, 0.1]);
});

test('a variant that was added later starts later', () => {
  const trends = trendsOf(learning(moment(0, { classic: 1 }), moment(10, { classic: 0.5, bold: 0.5 })), 'ja-JP');
  expect(trends.find(({ variant }) => variant === 'bold')!.points).toEqual([{ x: 1, y: 0.5 }]);
});

test('a single moment stands at the end', () => {
  expect(trendsOf(learning(moment(7, { classic: 1 })), 'ja-JP')[0]!.points).toEqual([{ x: 1, y: 1 }]);
});

test('an unknown market and an empty history have no trends', () => {
  expect(trendsOf(learning(moment(1, { classic: 1 })), 'de-DE')).toEqual([]);
  expect([marketsOf(learning()), seenIn(learning(), 'ja-JP'), trendsOf(learning(), 'ja-JP')]).toEqual([[], 0, []]);
});

test('nobody leads a draw', () => {
  const trends = (shares: Record<string, number>) => trendsOf(learning(moment(1, shares)), 'ja-JP');
  expect(leaderOf(trends({ classic: 0.5, bold: 0.5 }))).toBeNull();
  expect(leaderOf(trends({ classic: 0.2, bold: 0.8 }))!.variant).toBe('bold');
});

test('the file has a line for each variant, market and moment', () => {
  const lines = learningCsv(learning(moment(1, { classic: 0.5, bold: 0.5 }))).trim().split('\r\n');
  expect(lines).toEqual([
    'at,events,market,n,variant,generic,share,mean',
    '2026-11-20T10:00:00Z,1,ja-JP,1,classic,true,0.5,',
    '2026-11-20T10:00:00Z,1,ja-JP,1,bold,false,0.5,',
  ]);
});
