import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/http';
import type { FacetClaim, ListedMarket, Market, Observance } from './market';

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

export const marketsQuery = queryOptions({
  queryKey: ['markets'],
  staleTime: 300_000,
  queryFn: ({ signal }) => get<Page<ListedMarket>>('/api/v1/markets', signal),
});

export const marketQuery = (id: string) =>
  queryOptions({
    queryKey: ['market', id],
    staleTime: 300_000,
    queryFn: ({ signal }) => get<Market>(`/api/v1/markets/${encodeURIComponent(id)}`, signal),
  });

/** More pages than this are not read: a thousand claims are more than anybody scrolls. */
const MOST_PAGES = 10;

export const claimsQuery = (market: string) =>
  queryOptions({
    queryKey: ['claims', market],
    staleTime: 300_000,
    queryFn: async ({ signal }) => {
      const claims: FacetClaim[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < MOST_PAGES; page++) {
        const search: string = new URLSearchParams({ market, ...(cursor ? { cursor } : {}) }).toString();
        const { items, next_cursor: next }: Page<FacetClaim> = await get<Page<FacetClaim>>(`/api/v1/claims?${search}`, signal);
        claims.push(...items);
        cursor = next;
        if (cursor === null) break;
      }
      return claims;
    },
  });

export const calendarQuery = (market: string) =>
  queryOptions({
    queryKey: ['calendar', market],
    staleTime: 300_000,
    queryFn: ({ signal }) => get<Page<Observance>>(`/api/v1/calendar?market=${encodeURIComponent(market)}`, signal),
  });
