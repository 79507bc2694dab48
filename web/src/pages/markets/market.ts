import type { Claim } from '../../claims/claim';

export interface ListedMarket {
  id: string;
  /** `null`: no pack knows it. */
  name: { territory: string; language: string; native: string } | null;
  direction: 'ltr' | 'rtl' | null;
  configured: boolean;
  claims: number;
  opened: number;
}

/** What is known about a market; what is not known is `null`. */
export interface Market {
  id: string;
  territory: { id: string; name: string; currency: string; reference_zone: string; first_day?: string | null; hour_cycle?: string | null; source: string };
  language: { id: string; name: string; native_name: string; direction: string; source: string } | null;
  claims: Record<string, string[]>;
  coverage: { claims: number; by_read: Record<string, number>; by_state: Record<string, number> };
}

export type FacetClaim = Claim & { facet: string };

export interface Observance {
  id: string;
  name: string;
  tone: 'festive' | 'solemn' | 'mourning' | 'fasting';
  from: string;
  to: string;
  earliest: string | null;
  latest: string | null;
  basis: string;
  statement: string;
}

/** Every area a claim may speak of: the schema, which says nothing about any market. */
export const FACETS = [
  'animal',
  'calendar',
  'channel',
  'colour',
  'delivery',
  'directness',
  'emoji',
  'feedback-channel',
  'food',
  'form-of-address',
  'format',
  'gesture',
  'gift',
  'imagery',
  'law',
  'layout',
  'mourning',
  'name',
  'name-order',
  'number',
  'payment',
  'phrase',
  'register',
  'religion',
  'support',
  'symbol',
  'territory',
  'trust-signal',
  'value-dimension',
] as const;

/** Claims by facet in the order of the schema; facets that the schema does not know yet follow. */
export function byFacet(claims: FacetClaim[]): { known: [string, FacetClaim[]][]; empty: string[] } {
  const groups = new Map<string, FacetClaim[]>();
  for (const claim of claims) groups.set(claim.facet, [...(groups.get(claim.facet) ?? []), claim]);
  const names = [...new Set<string>([...FACETS, ...[...groups.keys()].sort()])];
  return {
    known: names.flatMap((facet): [string, FacetClaim[]][] => (groups.has(facet) ? [[facet, groups.get(facet)!]] : [])),
    empty: names.filter((facet) => !groups.has(facet)),
  };
}

/** Markets of the workspace first, then the others; each by name. */
export function sortedMarkets(markets: ListedMarket[], nameOf: (id: string) => string, locale: string): ListedMarket[] {
  const { compare } = new Intl.Collator(locale);
  return [...markets].sort((one, other) => Number(other.configured) - Number(one.configured) || compare(nameOf(one.id), nameOf(other.id)));
}
