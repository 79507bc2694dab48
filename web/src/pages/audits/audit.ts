import type { Claim } from '../../claims/claim';

/** An audit as the server keeps it. */
export type Severity = 'error' | 'warning' | 'info';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

export interface Location {
  file: string;
  line: number;
  column: number;
  byte_start: number;
  byte_end: number;
  text: string;
}

export interface Finding {
  code: string;
  rule: string;
  area: string;
  severity: Severity;
  confidence: 'certain' | 'likely' | 'possible';
  basis: 'law' | 'standard' | 'practice' | 'research' | 'folklore';
  outcome: 'violation' | 'unsure';
  market: string;
  message: string;
  why: string;
  advice: string[];
  claims: string[];
  location: Location;
  fingerprint: string;
}

export interface Suppressed {
  finding: Finding;
  reason: string;
  until: string | null;
}

export interface Skip {
  subject: string;
  reason: string;
  hint: string;
}

export interface AuditFile {
  path: string;
  /** `null`: not text, such as a picture. */
  text?: string | null;
}

export interface AuditEntry {
  id: string;
  name: string;
  at: string;
  by: string;
  markets: string[];
  as_of: string;
  pack_version: string;
  counts: Record<Severity | 'unsure' | 'skipped' | 'suppressed', number>;
}

export interface Audit extends AuditEntry {
  report: { findings: Finding[]; unsure: Finding[]; skipped: Skip[]; suppressed?: Suppressed[] };
  files: AuditFile[];
  claims: Record<string, Claim>;
}

/** Lives in the address: which part of an audit is looked at. */
export interface AuditSearch {
  market?: string | undefined;
  severity?: Severity | undefined;
}

export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  const { market, severity } = search;
  return {
    market: typeof market === 'string' && market !== '' ? market : undefined,
    severity: SEVERITIES.find((known) => known === severity),
  };
}
