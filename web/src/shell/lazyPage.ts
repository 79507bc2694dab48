import { lazyRouteComponent } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { Problem } from '../api/http';

const loads: (() => Promise<unknown>)[] = [];

/**
 * A page whose code is asked for when it is opened. The router would load the whole
 * document anew when the code does not arrive, and take away what can still be read.
 */
export function lazyPage<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) {
  loads.push(load);
  return lazyRouteComponent(
    () =>
      load().catch(() => {
        throw new Problem(0, 'page-missing', '');
      }),
    name,
  );
}

/** Fetches the other pages once the first one rests, so that a lost connection does not lock them. */
export function fetchPages() {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  if (connection?.saveData) return;
  // A page that fails here is asked for again when it is opened.
  setTimeout(() => loads.forEach((load) => void load().catch(() => undefined)), 3_000);
}
