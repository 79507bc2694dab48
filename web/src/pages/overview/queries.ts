import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/http';
import type { Overview } from './overview';

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  refetchInterval: 30_000,
  queryFn: ({ signal }) => get<Overview>('/api/v1/overview', signal),
});
