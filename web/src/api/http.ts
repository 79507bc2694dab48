/** An RFC 9457 answer, or our own note that no answer came (`status` 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly retryAfter: number | null = null,
  ) {
    super(detail || code);
    this.name = 'Problem';
  }
}

export const isProblem = (error: unknown, code: string): error is Problem =>
  error instanceof Problem && error.code === code;

async function call<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => {
    throw new Problem(0, 'unreachable', '');
  });
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as { code?: string; title?: string; detail?: string };
  const wait = Number(response.headers.get('Retry-After'));
  return new Problem(
    response.status,
    body.code ?? `http-${response.status}`,
    body.detail ?? body.title ?? response.statusText,
    0 < wait ? wait : null,
  );
}

export const get = <T>(path: string, signal?: AbortSignal) =>
  call<T>(path, { headers: { Accept: 'application/json' }, ...(signal ? { signal } : {}) });

/** The content type is also what keeps a foreign form from reaching the server. */
export const send = <T>(method: 'POST' | 'DELETE', path: string, body?: unknown) =>
  call<T>(path, {
    method,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
