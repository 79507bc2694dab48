import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { marketsQuery } from '../markets/queries';
import styles from './audits.module.css';

interface Props {
  id: string;
  configured: string[];
  chosen: string[];
  error: string | null;
  onChosen: (markets: string[]) => void;
}

/** Plain check boxes below a search: what is chosen can be seen, and every key works as it always does. */
export function MarketPicker({ id, configured, chosen, error, onChosen }: Props) {
  const t = useText();
  const marketName = useMarketName();
  const [wanted, setWanted] = useState('');
  const { data } = useQuery(marketsQuery);
  const known = new Set([...configured, ...(data?.items ?? []).map((market) => market.id)]);
  const native = new Map((data?.items ?? []).map((market) => [market.id, market.name?.native ?? '']));
  const needle = wanted.trim().toLocaleLowerCase();
  const matches = (market: string) => [market, marketName(market), native.get(market) ?? ''].some((text) => text.toLocaleLowerCase().includes(needle));
  const shown = [...known].filter(matches);
  const toggle = (market: string) => onChosen(chosen.includes(market) ? chosen.filter((one) => one !== market) : [...chosen, market]);
  return (
    <fieldset className={styles['markets']} aria-describedby={error ? `${id}-error` : undefined}>
      <legend>{t('audits.col-markets')}</legend>
      <TextInput id={id} type="search" size="sm" label={t('audits.search-markets')} value={wanted} error={error} onChange={(event) => setWanted(event.currentTarget.value)} />
      <div className={styles['choice-head']}>
        <span className="quiet small" aria-live="polite">
          {t('audits.chosen', { count: chosen.length })}
        </span>
        <Button variant="subtle" size="compact-xs" onClick={() => onChosen([...new Set([...chosen, ...shown])])}>
          {t('audits.all-shown')}
        </Button>
        <Button variant="subtle" size="compact-xs" onClick={() => onChosen([])}>
          {t('audits.none')}
        </Button>
      </div>
      <ul className={styles['choices']} data-testid="market-choices">
        {shown.map((market) => (
          <li key={market}>
            <label>
              <input type="checkbox" checked={chosen.includes(market)} onChange={() => toggle(market)} value={market} />
              <bdi>{marketName(market)}</bdi>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="quiet small">{t('audits.no-such-market')}</li>}
      </ul>
    </fieldset>
  );
}
