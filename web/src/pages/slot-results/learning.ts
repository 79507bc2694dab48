import { csvText } from '../../files/csv';
import type { Point } from '../../charts/trend';

/** What the policy gave to whom, at moments of the past, as the server sends it. */
export interface Arm {
  variant: string;
  generic: boolean;
  /** The share of treated visitors the policy gives this variant. */
  share: number;
  mean: number | null;
}

export interface Learning {
  slot: string;
  simulated: boolean;
  points: { at: string; events: number; markets: { market: string; n: number; arms: Arm[] }[] }[];
  notes: string[];
}

export interface Trend {
  variant: string;
  generic: boolean;
  points: Point[];
  first: number;
  last: number;
}

/** Along the events that were counted, not the clock: a quiet night teaches nothing. */
function acrossOf({ points }: Learning): (events: number) => number {
  const [from, to] = [points[0]?.events ?? 0, points.at(-1)?.events ?? 0];
  return (events) => (to === from ? 1 : (events - from) / (to - from));
}

/** The markets in the order of the last moment, which knows all of them. */
export const marketsOf = ({ points }: Learning): string[] => points.at(-1)?.markets.map(({ market }) => market) ?? [];

/** How many visitors of a market had been seen at the last moment. */
export const seenIn = ({ points }: Learning, market: string): number =>
  points.at(-1)?.markets.find((here) => here.market === market)?.n ?? 0;

/** The share of each variant of a market over time; a variant that came later starts later. */
export function trendsOf(learning: Learning, market: string): Trend[] {
  const across = acrossOf(learning);
  const moments = learning.points.flatMap(({ events, markets }) => {
    const here = markets.find((candidate) => candidate.market === market);
    return here ? [{ x: across(events), arms: here.arms }] : [];
  });
  const now = moments.at(-1)?.arms ?? [];
  return now.map(({ variant, generic, share }) => {
    const points = moments.flatMap(({ x, arms }) => {
      const then = arms.find((arm) => arm.variant === variant);
      return then ? [{ x, y: then.share }] : [];
    });
    return { variant, generic, points, first: points[0]?.y ?? share, last: share };
  });
}

/** The variant with the greatest share, where one leads at all. */
export function leaderOf(trends: Trend[]): Trend | null {
  const [first, second] = [...trends].sort((one, other) => other.last - one.last);
  return first && (!second || second.last < first.last) ? first : null;
}

const COLUMNS = ['at', 'events', 'market', 'n', 'variant', 'generic', 'share', 'mean'] as const;

export const learningCsv = ({ points }: Learning): string =>
  csvText(
    COLUMNS,
    points.flatMap(({ at, events, markets }) =>
      markets.flatMap(({ market, n, arms }) => arms.map((arm) => ({ at, events, market, n, ...arm }))),
    ),
  );
