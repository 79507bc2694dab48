import { Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLocale } from '../../i18n/LocaleProvider';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { Empty, Failure, Loading } from '../../shell/Notices';
import { sortedMarkets, type ListedMarket } from './market';
import styles from './markets.module.css';
import { marketsQuery } from './queries';

export function MarketsPage() {
  const t = useText();
  const markets = useQuery(marketsQuery);
  useDocumentTitle(`${t('markets.title')} · ${t('shell.product')}`);
  return (
    <>
      <Title order={1} size="h2">
        {t('markets.title')}
      </Title>
      <Text c="dimmed" maw="42rem" mt={4} mb="lg">
        {t('markets.lead')}
      </Text>
      {markets.isPending && <Loading />}
      {markets.isError && <Failure error={markets.error} onRetry={() => void markets.refetch()} />}
      {markets.data?.items.length === 0 && <Empty title={t('markets.empty')}>{t('markets.contribute', { file: PACKS })}</Empty>}
      {markets.data && 0 < markets.data.items.length && <List markets={markets.data.items} />}
    </>
  );
}

export const PACKS = 'docs/packs.md';

function List({ markets }: { markets: ListedMarket[] }) {
  const t = useText();
  const { tag } = useLocale();
  const marketName = useMarketName();
  const [wanted, setWanted] = useState('');
  const needle = wanted.trim().toLocaleLowerCase();
  const shown = sortedMarkets(markets, marketName, tag).filter(({ id, name }) =>
    [id, marketName(id), name?.native ?? ''].some((text) => text.toLocaleLowerCase().includes(needle)),
  );
  return (
    <>
      <TextInput className={styles['search']} type="search" label={t('markets.search')} value={wanted} onChange={(event) => setWanted(event.currentTarget.value)} />
      <p className="quiet small" role="status">
        {t('markets.count', { count: shown.length })}
      </p>
      <ul className={styles['list']}>
        {shown.map((market) => (
          <li key={market.id} className={`card ${styles['entry']}`} data-market={market.id}>
            <h2>
              <Link to="/markets/$id" params={{ id: market.id }}>
                <bdi>{marketName(market.id)}</bdi>
              </Link>
            </h2>
            <p className="quiet small">
              {market.name && (
                <>
                  <bdi lang={market.id}>{market.name.native}</bdi> ·{' '}
                </>
              )}
              <bdi>{market.id}</bdi>
              {market.configured && <> · {t('markets.configured')}</>}
            </p>
            <p className="small">{market.claims === 0 ? t('markets.no-claims') : t('markets.claims', { claims: market.claims, opened: market.opened })}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
