import { SEVERITIES, type AuditSearch, type Finding, type Severity } from './audit';

/** What one rule says of one place, in all markets that are chosen. */
export interface Group {
  /** From 1, as it stands in the text and in the list. */
  number: number;
  key: string;
  findings: Finding[];
  severity: Severity;
  unsure: boolean;
}

/** The same words for several markets, said once. */
export interface Saying {
  markets: string[];
  finding: Finding;
}

const rank = (severity: Severity) => SEVERITIES.indexOf(severity);

const matches = (finding: Finding, { market, severity }: AuditSearch) =>
  (market === undefined || finding.market === market) && (severity === undefined || finding.severity === severity);

const placeOf = ({ code, location }: Finding) => `${location.file} ${location.byte_start} ${location.byte_end} ${code}`;

/** Groups findings by place and rule, in the order of files and places, and numbers them. */
export function groupsOf(findings: Finding[], unsure: Finding[], search: AuditSearch): Group[] {
  const groups = new Map<string, Group>();
  for (const finding of [...findings, ...unsure].filter((candidate) => matches(candidate, search))) {
    const doubtful = finding.outcome === 'unsure';
    const key = `${placeOf(finding)} ${doubtful}`;
    const group = groups.get(key) ?? { number: 0, key, findings: [], severity: finding.severity, unsure: doubtful };
    group.findings.push(finding);
    if (rank(finding.severity) < rank(group.severity)) group.severity = finding.severity;
    groups.set(key, group);
  }
  const files = [...new Set([...groups.values()].map(({ findings: [first] }) => first!.location.file))];
  const order = ({ findings: [first] }: Group) => first!.location;
  return [...groups.values()]
    .sort(
      (one, other) =>
        files.indexOf(order(one).file) - files.indexOf(order(other).file) ||
        order(one).byte_start - order(other).byte_start ||
        rank(one.severity) - rank(other.severity),
    )
    .map((group, index) => ({ ...group, number: index + 1 }));
}

/** What a group says, each wording once with the markets it is for. */
export function sayingsOf({ findings }: Group): Saying[] {
  const sayings = new Map<string, Saying>();
  for (const finding of findings) {
    const key = [finding.message, finding.why, finding.severity, ...finding.claims].join('\n');
    const saying = sayings.get(key) ?? { markets: [], finding };
    if (!saying.markets.includes(finding.market)) saying.markets.push(finding.market);
    sayings.set(key, saying);
  }
  return [...sayings.values()].sort((one, other) => rank(one.finding.severity) - rank(other.finding.severity));
}
