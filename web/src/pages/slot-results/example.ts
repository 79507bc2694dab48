import type { Cell, Report, Verdict } from './report';

const interval = { level: 0.95, low: 0.002, high: 0.022 };

/** A row of a made-up report, for the unit tests of this folder only. */
export const cell = (over: Partial<Cell>): Cell => ({
  market: 'ja-JP',
  arm: 'difference',
  kind: 'difference',
  variant: null,
  generic: false,
  n: 1_000,
  conversions: null,
  estimate: 0.012,
  interval,
  pooled: null,
  verdict: 'adapted-better',
  reason: null,
  ...over,
});

export const early = (over: Partial<Cell> = {}): Cell =>
  cell({ estimate: null, interval: null, verdict: 'too-early', reason: 'too early: 40 of 400 visitors', n: 40, ...over });

export function reportOf(markets: Cell[], overall: Verdict | null = 'adapted-better'): Report {
  const known = overall !== null && overall !== 'too-early';
  const rate = { n: 500, conversions: 40, estimate: 0.08, interval: { level: 0.95, low: 0.06, high: 0.1 } };
  return {
    metric: 'ctr',
    slot: 'home.hero',
    simulated: true,
    definition: { title: 'CTR', numerator: 'clicks', denominator: 'visitors', horizon_hours: 24, method: 'm', level: 0.95 },
    window: { from: null, to: null },
    markets,
    overall: {
      holdout: rate,
      treated: rate,
      difference: { n: 12_345, estimate: known ? 0.007 : null, interval: known ? interval : null, verdict: overall, reason: null },
    },
    heterogeneity: { markets: markets.length, tau: null, tau_low: null, tau_high: null, reason: null },
    notes: [],
  };
}
