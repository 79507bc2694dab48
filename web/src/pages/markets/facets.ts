import { useCallback } from 'react';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import type { FACETS } from './market';

const NAMES: Record<(typeof FACETS)[number], MessageId> = {
  animal: 'markets.facet-animal',
  calendar: 'markets.facet-calendar',
  channel: 'markets.facet-channel',
  colour: 'markets.facet-colour',
  delivery: 'markets.facet-delivery',
  directness: 'markets.facet-directness',
  emoji: 'markets.facet-emoji',
  'feedback-channel': 'markets.facet-feedback-channel',
  food: 'markets.facet-food',
  'form-of-address': 'markets.facet-form-of-address',
  format: 'markets.facet-format',
  gesture: 'markets.facet-gesture',
  gift: 'markets.facet-gift',
  imagery: 'markets.facet-imagery',
  law: 'markets.facet-law',
  layout: 'markets.facet-layout',
  mourning: 'markets.facet-mourning',
  name: 'markets.facet-name',
  'name-order': 'markets.facet-name-order',
  number: 'markets.facet-number',
  payment: 'markets.facet-payment',
  phrase: 'markets.facet-phrase',
  register: 'markets.facet-register',
  religion: 'markets.facet-religion',
  support: 'markets.facet-support',
  symbol: 'markets.facet-symbol',
  territory: 'markets.facet-territory',
  'trust-signal': 'markets.facet-trust-signal',
  'value-dimension': 'markets.facet-value-dimension',
};

/** The name of an area of culture; the bare key where it is newer than this page. */
export function useFacetName(): (facet: string) => string {
  const t = useText();
  return useCallback((facet) => (Object.hasOwn(NAMES, facet) ? t(NAMES[facet as keyof typeof NAMES]) : facet), [t]);
}
