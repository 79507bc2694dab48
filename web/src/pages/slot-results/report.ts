/** The report as the server sends it; rates run 0..1, differences −1..1. */
export type Verdict = 'adapted-better' | 'adapted-worse' | 'no-difference-seen' | 'too-early';

export interface Interval {
  level: number;
  low: number;
  high: number;
}

export interface Cell {
  market: string;
  arm: string;
  kind: 'holdout' | 'treated' | 'difference' | 'variant';
  variant: string | null;
  generic: boolean;
  n: number;
  conversions: number | null;
  estimate: number | null;
  interval: Interval | null;
  pooled: { estimate: number; low: number; high: number } | null;
  verdict: Verdict | null;
  reason: string | null;
}

export interface Rate {
  n: number;
  conversions: number | null;
  estimate: number | null;
  interval: Interval | null;
}

export interface Difference {
  n: number;
  estimate: number | null;
  interval: Interval | null;
  verdict: Verdict | null;
  reason: string | null;
}

/** Whether the markets need answers of their own, and which ones stand apart. */
export interface Culture {
  verdict: 'mattered' | 'did-not-matter' | 'too-early';
  reason: string;
  disagreeing: { market: string; estimate: number | null; interval: { low: number; high: number } | null; reason: string }[];
}

export interface Report {
  metric: string;
  slot: string;
  simulated: boolean;
  definition: { title: string; numerator: string; denominator: string; horizon_hours: number; method: string; level: number };
  window: { from: string | null; to: string | null };
  markets: Cell[];
  overall: { holdout: Rate; treated: Rate; difference: Difference };
  heterogeneity: {
    markets: number;
    tau: number | null;
    tau_low: number | null;
    tau_high: number | null;
    reason: string | null;
  };
  /** Only where a report says something about it. */
  culture?: Culture | null;
  notes: string[];
}

export const differences = (report: Report) => report.markets.filter((cell) => cell.kind === 'difference');

/** A number may be shown only with its interval, and never where it is too early. */
export function measured<T extends Difference | Rate | Cell>(
  cell: T,
): cell is T & { estimate: number; interval: Interval } {
  const early = 'verdict' in cell && cell.verdict === 'too-early';
  return !early && cell.estimate !== null && cell.interval !== null;
}
