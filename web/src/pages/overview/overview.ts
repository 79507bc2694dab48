import { csvText, type CsvValue } from '../../files/csv';

/** The state of the workspace in one answer, as the server sends it. */
export type SlotVerdict = 'adapted-better' | 'adapted-worse' | 'no-difference-seen' | 'too-early';

export interface SlotState {
  slot: string;
  metric: string;
  n: number;
  estimate: number | null;
  interval: { level: number; low: number; high: number } | null;
  verdict: SlotVerdict | null;
  reason: string | null;
}

export interface MarketState {
  market: string;
  quiet: boolean;
  /** Proposals that wait for a review. */
  waiting: number;
  /** Of the newest audit that looked at this market; `null`: none did. */
  findings: { error: number; warning: number; info: number } | null;
  claims: { all: number; opened: number };
  slots: SlotState[];
}

export interface Need {
  kind: 'review' | 'finding' | 'worse' | 'quiet' | 'expired';
  market: string | null;
  count: number;
  slot: string | null;
  audit: string | null;
}

export type StepKey = 'markets' | 'people' | 'slots' | 'approval' | 'key' | 'events';

export interface Step {
  key: StepKey;
  done: boolean;
}

export interface Overview {
  workspace: { name: string; simulated: boolean };
  markets: MarketState[];
  needs: Need[];
  steps: Step[];
}

export type Status = 'quiet' | 'worse' | 'better' | 'same' | 'early' | 'none';

/** How many slots of a market have which verdict; no verdict counts as too early. */
export function countsOf({ slots }: MarketState): Record<'better' | 'worse' | 'same' | 'early', number> {
  const count = (...verdicts: (SlotVerdict | null)[]) => slots.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return {
    better: count('adapted-better'),
    worse: count('adapted-worse'),
    same: count('no-difference-seen'),
    early: count('too-early', null),
  };
}

/** What a tile says of its market first: what asks for a hand comes before what goes well. */
export function statusOf(market: MarketState): Status {
  if (market.quiet) return 'quiet';
  if (market.slots.length === 0) return 'none';
  const { worse, better, same } = countsOf(market);
  if (0 < worse) return 'worse';
  if (0 < better) return 'better';
  return 0 < same ? 'same' : 'early';
}

export const tally = (markets: MarketState[], status: Status) => markets.filter((market) => statusOf(market) === status).length;

/** A number may be shown only with its interval, and never where it is too early. */
export const shown = (slot: SlotState): slot is SlotState & { estimate: number; interval: NonNullable<SlotState['interval']> } =>
  slot.verdict !== 'too-early' && slot.estimate !== null && slot.interval !== null;

/** The first step that is not done; `null` once the workspace runs. */
export const nextStep = (steps: Step[]): StepKey | null => steps.find(({ done }) => !done)?.key ?? null;

const COLUMNS = [
  'market',
  'quiet',
  'waiting',
  'errors',
  'warnings',
  'infos',
  'claims',
  'claims_opened',
  'slot',
  'metric',
  'n',
  'estimate',
  'low',
  'high',
  'level',
  'verdict',
  'reason',
] as const;

/** A line for each market and slot; a market without slots keeps one line. */
export function overviewCsv(markets: MarketState[]): string {
  return csvText(
    COLUMNS,
    markets.flatMap(({ market, quiet, waiting, findings, claims, slots }): Record<(typeof COLUMNS)[number], CsvValue>[] => {
      const base = {
        market,
        quiet,
        waiting,
        errors: findings?.error ?? null,
        warnings: findings?.warning ?? null,
        infos: findings?.info ?? null,
        claims: claims.all,
        claims_opened: claims.opened,
      };
      const none = { slot: null, metric: null, n: null, estimate: null, low: null, high: null, level: null, verdict: null, reason: null };
      if (slots.length === 0) return [{ ...base, ...none }];
      return slots.map((slot) => ({
        ...base,
        slot: slot.slot,
        metric: slot.metric,
        n: slot.n,
        estimate: shown(slot) ? slot.estimate : null,
        low: shown(slot) ? slot.interval.low : null,
        high: shown(slot) ? slot.interval.high : null,
        level: shown(slot) ? slot.interval.level : null,
        verdict: slot.verdict,
        reason: slot.reason,
      }));
    }),
  );
}
