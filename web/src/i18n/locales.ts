import type { MessageFormatElement } from 'react-intl';
import english from './compiled/en.json';

export type MessageId = keyof typeof english;
export type Catalogue = Record<MessageId, MessageFormatElement[]>;
export type Direction = 'ltr' | 'rtl';

interface UiLocale {
  tag: string;
  /** Names of languages are written in that language and are not translated. */
  name: string;
  dir: Direction;
  load: () => Promise<Catalogue>;
}

const tree = (module: { default: unknown }) => module.default as Catalogue;

export const startCatalogue = english as unknown as Catalogue;

export const uiLocales: readonly UiLocale[] = [
  { tag: 'en', name: 'English', dir: 'ltr', load: () => Promise.resolve(startCatalogue) },
  { tag: 'en-XA', name: '[Ééñĝļîîšĥ] en-XA', dir: 'ltr', load: () => import('./compiled/en-XA.json').then(tree) },
  { tag: 'ar-XB', name: '\u202eEnglish\u202c ar-XB', dir: 'rtl', load: () => import('./compiled/ar-XB.json').then(tree) },
];

export function uiLocale(tag: string | null): UiLocale {
  return uiLocales.find((locale) => locale.tag === tag) ?? uiLocales[0]!;
}
