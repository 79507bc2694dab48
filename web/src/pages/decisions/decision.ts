/** A decision, read back from its token, as the server sends it. */
export interface Decision {
  slot: string | null;
  market: string | null;
  variant: string | null;
  rendering: number;
  holdout: boolean;
  /** 0..1: how likely this arm was for a visitor of this kind. */
  propensity: number;
  explored: boolean;
  policy_version: number;
  pack_version: string;
  approved_by: string[];
  reasons: string[];
  blocked: { variant: string; why: string }[];
  still_eligible: boolean;
}

/** Lives in the address, so that a colleague can be sent the answer. */
export interface DecisionSearch {
  token?: string | undefined;
}

/** What people paste: a bare token, one in quotes, or a whole answer that carries it. */
export function tokenIn(pasted: string): string {
  const named = /"decisionId"\s*:\s*"([^"]*)"/.exec(pasted)?.[1];
  return (named ?? pasted).trim().replace(/^["'`]+|["'`,;]+$/g, '');
}

/** A token is sixty characters; far longer is not worth sending. */
const LONGEST = 200;

export function readDecisionSearch(search: Record<string, unknown>): DecisionSearch {
  const token = search['token'];
  return { token: typeof token === 'string' && token !== '' ? token.slice(0, LONGEST) : undefined };
}
