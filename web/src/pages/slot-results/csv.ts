import { csvText, type CsvValue } from '../../files/csv';
import type { Cell, Report } from './report';

const COLUMNS = [
  'market',
  'kind',
  'variant',
  'generic',
  'n',
  'conversions',
  'estimate',
  'low',
  'high',
  'level',
  'pooled_estimate',
  'pooled_low',
  'pooled_high',
  'verdict',
  'reason',
] as const;

type Row = Record<(typeof COLUMNS)[number], CsvValue>;

function rowOf(cell: Omit<Cell, 'arm'>): Row {
  // Too early means no number, in a file as on the page.
  const early = cell.verdict === 'too-early';
  return {
    market: cell.market,
    kind: cell.kind,
    variant: cell.variant,
    generic: cell.generic,
    n: cell.n,
    conversions: cell.conversions,
    estimate: early ? null : cell.estimate,
    low: early ? null : (cell.interval?.low ?? null),
    high: early ? null : (cell.interval?.high ?? null),
    level: early ? null : (cell.interval?.level ?? null),
    pooled_estimate: cell.pooled?.estimate ?? null,
    pooled_low: cell.pooled?.low ?? null,
    pooled_high: cell.pooled?.high ?? null,
    verdict: cell.verdict,
    reason: cell.reason,
  };
}

/** Every row of the report, then the three over all markets. */
export function csvOf(report: Report): string {
  const all = { market: 'all', variant: null, generic: false, pooled: null };
  const none = { verdict: null, reason: null };
  const cells = [
    ...report.markets,
    { ...all, ...none, kind: 'holdout' as const, ...report.overall.holdout },
    { ...all, ...none, kind: 'treated' as const, ...report.overall.treated },
    { ...all, conversions: null, kind: 'difference' as const, ...report.overall.difference },
  ];
  return csvText(COLUMNS, cells.map(rowOf));
}
