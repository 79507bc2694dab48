import { queryOptions } from '@tanstack/react-query';
import { get } from '../../api/http';
import type { Learning } from './learning';
import type { Report } from './report';

const EVERY = 5_000;

/** Hidden pages rest: the query library refreshes only while the page can be seen. */
export const reportQuery = (slot: string, refresh: boolean) =>
  queryOptions({
    queryKey: ['report', 'ctr', slot],
    queryFn: ({ signal }) => get<Report>(`/api/v1/reports/ctr?slot=${encodeURIComponent(slot)}`, signal),
    refetchInterval: refresh ? EVERY : false,
  });

export const learningQuery = (slot: string, refresh: boolean) =>
  queryOptions({
    queryKey: ['learning', slot],
    queryFn: ({ signal }) => get<Learning>(`/api/v1/experiments/${encodeURIComponent(slot)}`, signal),
    refetchInterval: refresh ? EVERY : false,
  });
