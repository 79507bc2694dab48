import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/http';
import type { Decision } from './decision';

/** Asked anew each time: what is still eligible may have changed. */
export const decisionQuery = (token: string) =>
  queryOptions({
    queryKey: ['decision', token],
    staleTime: 0,
    queryFn: ({ signal }) => get<Decision>(`/api/v1/decisions/${encodeURIComponent(token)}`, signal),
  });
