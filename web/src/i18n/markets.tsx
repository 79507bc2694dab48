import { useMemo } from 'react';
import { useLocale } from './LocaleProvider';

const RIGHT_TO_LEFT = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg', 'Mand', 'Samr']);

/** The direction of a market's script, for content islands inside our own page. */
export function marketDirection(market: string): 'ltr' | 'rtl' {
  try {
    const { script } = new Intl.Locale(market).maximize();
    return script !== undefined && RIGHT_TO_LEFT.has(script) ? 'rtl' : 'ltr';
  } catch {
    return 'ltr';
  }
}

/** `Japanese (Japan)` in the words of the reader; the bare id where the browser knows no name. */
export function useMarketName(): (market: string) => string {
  const { tag } = useLocale();
  return useMemo(() => {
    const names = new Intl.DisplayNames([tag, 'en'], { type: 'language', languageDisplay: 'standard' });
    return (market) => {
      try {
        return names.of(market) ?? market;
      } catch {
        return market;
      }
    };
  }, [tag]);
}
