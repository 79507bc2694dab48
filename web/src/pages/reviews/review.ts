/** A proposal and what local people said of it, as the server sends it. */
export type ReviewState = 'waiting' | 'approved' | 'rejected' | 'superseded' | 'revoked';
export type VerdictWord = 'approve' | 'reject' | 'revoke';
export type Sensitivity = 'none' | 'cultural' | 'religious' | 'political' | 'mourning';
export type Origin = 'human' | 'machine' | 'import';

export interface Verdict {
  by: string;
  verdict: VerdictWord;
  reason: string | null;
  at: string;
}

export interface Review {
  id: number;
  state: ReviewState;
  subject: {
    kind: string;
    id: string;
    digest: string;
    market: string;
    sensitivity: Sensitivity;
    origin: Origin;
    author: string;
  };
  slot: string;
  variant: string;
  generic: boolean;
  content: unknown;
  baseline: unknown;
  needed: number;
  verdicts: Verdict[];
  can_decide: boolean;
  why_not: string | null;
  created_at: string;
}
