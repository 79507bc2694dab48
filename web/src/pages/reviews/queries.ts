import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { get, send } from '../../api/http';
import type { Review, VerdictWord } from './review';
import type { QueueState } from './search';

export const queueQuery = (state: QueueState, market: string | undefined) =>
  queryOptions({
    queryKey: ['reviews', state, market ?? null],
    // Colleagues decide at the same time.
    refetchInterval: 30_000,
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ state, ...(market ? { market } : {}) });
      return get<{ items: Review[]; next_cursor: string | null }>(`/api/v1/reviews?${search}`, signal);
    },
  });

export interface Saying {
  review: Review;
  verdict: VerdictWord;
  reason: string;
}

/** Never optimistic: the queue is read again, because only the server knows what a verdict changed. */
export function useVerdict() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ review, verdict, reason }: Saying) =>
      send<Review>('POST', `/api/v1/reviews/${encodeURIComponent(review.id)}/verdicts`, {
        verdict,
        digest: review.subject.digest,
        reason: reason.trim(),
      }),
    onSettled: () => client.invalidateQueries({ queryKey: ['reviews'] }),
  });
}
