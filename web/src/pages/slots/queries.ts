import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/http';

export interface Slot {
  key: string;
  type: string;
  goal: string;
  horizon_hours: number;
  status: 'live' | 'waiting';
  markets: { market: string; live: boolean; reason: string | null }[];
  variants: { key: string; generic: boolean }[];
}

export const slotsQuery = queryOptions({
  queryKey: ['slots'],
  queryFn: ({ signal }) => get<{ items: Slot[]; next_cursor: string | null }>('/api/v1/slots', signal),
});
