import { queryOptions } from '@tanstack/react-query';
import { get, Problem, send } from './http';

export interface Role {
  role: 'owner' | 'editor' | 'analyst' | 'reviewer';
  market: string | null;
}

export interface Session {
  user: { name: string; display_name: string; roles: Role[] };
  workspace: { name: string; simulated: boolean; markets: string[] };
}

const PATH = '/api/v1/session';

/** `null` is an answer too: nobody is logged in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 300_000,
  queryFn: ({ signal }): Promise<Session | null> =>
    get<Session>(PATH, signal).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) return null;
      throw error;
    }),
});

export const logIn = (name: string, password: string) => send<Session>('POST', PATH, { name, password });
export const logOut = () => send<void>('DELETE', PATH);
