import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './http';

/** A session may end on the server at any time: whichever request learns it, the whole page must. */
export function newClient(onLoggedOut: () => void): QueryClient {
  const onError = (error: Error) => {
    if (error instanceof Problem && error.status === 401 && error.code !== 'bad-credentials') onLoggedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        // Asked even when the browser believes to be offline: a server may well run on this machine.
        networkMode: 'always',
        staleTime: 10_000,
        // What the server refused once it will refuse again; only silence is worth asking twice.
        retry: (failures, error) => failures < 2 && !(error instanceof Problem && 400 <= error.status && error.status < 500),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
