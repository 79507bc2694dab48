export type QueueState = 'waiting' | 'decided';

/** Lives in the address, so that a colleague can be sent exactly what one sees. */
export interface QueueSearch {
  state?: QueueState;
  market?: string;
  id?: string;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** The address may turn a number-like id into a number; `waiting` is the default and stays out. */
export function readQueueSearch(search: Record<string, unknown>): QueueSearch {
  const market = text(search['market']);
  const id = text(typeof search['id'] === 'number' ? String(search['id']) : search['id']);
  return {
    ...(search['state'] === 'decided' ? { state: 'decided' as const } : {}),
    ...(market ? { market } : {}),
    ...(id ? { id } : {}),
  };
}
