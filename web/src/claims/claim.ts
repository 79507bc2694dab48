/** A claim about a market with its evidence, as the server sends it. */
export type Grade = 'A' | 'B' | 'C' | 'D';
export type ClaimState = 'proposed' | 'approved' | 'contested' | 'retired';
export type Read = 'text' | 'abstract' | 'secondary' | 'recalled';

export interface Evidence {
  title: string;
  publisher: string;
  date: string;
  locator: string;
  read: Read;
  /** What was seen there, in words of its own. */
  seen: string;
  direction: 'supports' | 'contradicts';
}

export interface Claim {
  id: string;
  statement: string;
  grade: Grade;
  /** Why it is graded so. */
  reason: string;
  state: ClaimState;
  /** What speaks against it or limits it. */
  counter: string | null;
  evidence: Evidence[];
}
