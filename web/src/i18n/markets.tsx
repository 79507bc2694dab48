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

export interface MarketParts {
  territory: string;
  language: string;
}

/** The same in two parts, for narrow places: `Japan` and `Japanese`. */
export function useMarketParts(): (market: string) => MarketParts {
  const { tag } = useLocale();
  return useMemo(() => {
    const [territories, languages] = [
      new Intl.DisplayNames([tag, 'en'], { type: 'region', style: 'short' }),
      new Intl.DisplayNames([tag, 'en'], { type: 'language', languageDisplay: 'standard' }),
    ];
    return (market) => {
      try {
        const { region, language, script } = new Intl.Locale(market);
        const spoken = languages.of(script ? `${language}-${script}` : language) ?? language;
        return region ? { territory: territories.of(region) ?? region, language: spoken } : { territory: spoken, language: market };
      } catch {
        return { territory: market, language: '' };
      }
    };
  }, [tag]);
}
