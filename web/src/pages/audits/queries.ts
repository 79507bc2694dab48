import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { get, send } from '../../api/http';
import type { Audit, AuditEntry } from './audit';
import type { Order } from './order';

export const auditsQuery = queryOptions({
  queryKey: ['audits'],
  queryFn: ({ signal }) => get<{ items: AuditEntry[]; next_cursor: string | null }>('/api/v1/audits', signal),
});

/** An audit is kept as it was made, so it is read once. */
export const auditQuery = (id: string) =>
  queryOptions({
    queryKey: ['audit', id],
    staleTime: Infinity,
    queryFn: ({ signal }) => get<Audit>(`/api/v1/audits/${encodeURIComponent(id)}`, signal),
  });

export function useAudit() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: Order) => send<Audit>('POST', '/api/v1/audits', order),
    onSuccess: (audit) => {
      client.setQueryData(auditQuery(audit.id).queryKey, audit);
      void client.invalidateQueries({ queryKey: auditsQuery.queryKey });
      void client.invalidateQueries({ queryKey: ['overview'] });
    },
  });
}
