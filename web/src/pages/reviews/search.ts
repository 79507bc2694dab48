export type QueueState = 'waiting' | 'decided';

/** Lives in the address, so that a colleague can be sent exactly what one sees. */
export interface QueueSearch {
  state?: QueueState;
  market?: string;
  id?: number | undefined;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** What is no number of a review is left out; `waiting` is the default and stays out. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  // Each key is named even when undefined: the router passes on as typed what is left out.
  return {
    state: search['state'] === 'decided' ? 'decided' : undefined,
    market: text(search['market']),
    id: typeof search['id'] === 'number' ? search['id'] : undefined,
  };
}
