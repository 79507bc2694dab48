import { localStorageColorSchemeManager, type MantineColorScheme } from '@mantine/core';

const KEY = 'milieu.colour-scheme';

export const schemeManager = localStorageColorSchemeManager({ key: KEY });

/** Set before the first paint: the usual inline script is what our content policy forbids. */
export function readyScheme() {
  const wanted: MantineColorScheme = schemeManager.get('auto');
  const dark = wanted === 'dark' || (wanted === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}
