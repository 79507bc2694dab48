import { useMemo } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import type { MessageId } from './locales';

export type Values = Record<string, string | number>;
export type Translate = (id: MessageId, values?: Values) => string;

/** Keeps a name or number from re-ordering the sentence around it (Unicode FSI … PDI). */
export const isolate = (text: string) => `\u2068${text}\u2069`;

export function translator(intl: Pick<IntlShape, 'formatMessage'>): Translate {
  return (id, values = {}) => {
    const isolated = Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'string' && !isSelector(key) ? isolate(value) : value,
    ]);
    return intl.formatMessage({ id }, Object.fromEntries(isolated));
  };
}

/** Values named `…Is` only choose between wordings and are never printed. */
const isSelector = (key: string) => key.endsWith('Is');

export function useText(): Translate {
  const intl = useIntl();
  return useMemo(() => translator(intl), [intl]);
}
