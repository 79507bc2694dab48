import type { Values } from '../../i18n/text';
import type { MessageId } from '../../i18n/locales';
import type { Numbers } from '../../i18n/numbers';
import { differences, measured, type Report, type Verdict } from './report';

export interface Sentence {
  id: MessageId;
  values: Values;
}

const count = (report: Report, verdict: Verdict) => differences(report).filter((cell) => cell.verdict === verdict).length;

/** The formats that a sentence needs. */
export type SentenceNumbers = Omit<Numbers, 'rateTick' | 'pointsTick'>;

/** What somebody should remember who reads one sentence only, doubt included. */
export function takeaway(report: Report, numbers: SentenceNumbers): Sentence {
  const markets = differences(report).length;
  if (markets === 0) return { id: 'results.takeaway-none', values: {} };

  const early = markets - differences(report).filter(measured).length;
  const { difference } = report.overall;
  if (early === markets && !measured(difference)) return { id: 'results.takeaway-early', values: { markets } };

  const counts = {
    markets,
    early,
    better: count(report, 'adapted-better'),
    worse: count(report, 'adapted-worse'),
    same: count(report, 'no-difference-seen'),
  };
  if (!measured(difference)) return { id: 'results.takeaway-markets', values: counts };
  return {
    id: 'results.takeaway',
    values: {
      ...counts,
      difference: numbers.points(difference.estimate),
      low: numbers.points(difference.interval.low),
      high: numbers.points(difference.interval.high),
      level: numbers.level(difference.interval.level),
      n: difference.n,
    },
  };
}

/** How much the markets differ from each other, beyond what chance explains. */
export function spread(report: Report, numbers: SentenceNumbers): Sentence {
  const { markets, tau, tau_low: low, tau_high: high, reason } = report.heterogeneity;
  if (tau === null || low === null || high === null)
    return reason ? { id: 'results.spread-why', values: { reason } } : { id: 'results.spread-none', values: {} };
  // A spread has no sign: zero means that all markets agree.
  const size = (value: number) => numbers.points(value).replace(/[+\u200e\u200f\u061c]/g, '');
  return {
    id: 'results.spread',
    values: { markets, tau: size(tau), low: size(low), high: size(high), level: numbers.level(report.definition.level) },
  };
}
