import { csvText } from '../../files/csv';
import type { Audit, Finding } from './audit';

const COLUMNS = [
  'state',
  'code',
  'rule',
  'severity',
  'confidence',
  'basis',
  'market',
  'file',
  'line',
  'column',
  'text',
  'message',
  'why',
  'advice',
  'claims',
  'reason',
  'until',
  'fingerprint',
] as const;

const rowOf = (state: string, finding: Finding, reason: string | null = null, until: string | null = null) => ({
  state,
  code: finding.code,
  rule: finding.rule,
  severity: finding.severity,
  confidence: finding.confidence,
  basis: finding.basis,
  market: finding.market,
  file: finding.location.file,
  line: finding.location.line,
  column: finding.location.column,
  text: finding.location.text,
  message: finding.message,
  why: finding.why,
  advice: finding.advice.join(' | '),
  claims: finding.claims.join(' '),
  reason,
  until,
  fingerprint: finding.fingerprint,
});

/** Every finding of an audit, those that were suppressed or left open included. */
export const findingsCsv = ({ report }: Audit): string =>
  csvText(COLUMNS, [
    ...report.findings.map((finding) => rowOf('finding', finding)),
    ...report.unsure.map((finding) => rowOf('unsure', finding)),
    ...(report.suppressed ?? []).map(({ finding, reason, until }) => rowOf('suppressed', finding, reason, until)),
  ]);
