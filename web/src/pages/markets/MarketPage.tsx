import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { Problem } from '../../api/http';
import { ClaimCard } from '../../claims/ClaimCard';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { Empty, Failure, Loading } from '../../shell/Notices';
import { Coming } from './Coming';
import { Coverage } from './Coverage';
import { useFacetName } from './facets';
import { byFacet, type Market } from './market';
import { PACKS } from './MarketsPage';
import styles from './markets.module.css';
import { claimsQuery, marketQuery } from './queries';

export function MarketPage() {
  const t = useText();
  const marketName = useMarketName();
  const { id } = useParams({ from: '/inside/markets/$id' });
  const market = useQuery(marketQuery(id));
  useDocumentTitle(`${marketName(id)} · ${t('shell.product')}`);
  const unknown = market.error instanceof Problem && market.error.status === 404;
  return (
    <>
      <p className={styles['crumb']}>
        <Link to="/markets">{t('markets.title')}</Link>
      </p>
      <Title order={1} size="h2" mb="xs">
        <bdi>{marketName(id)}</bdi>
      </Title>
      {market.isPending && <Loading />}
      {unknown && (
        <Empty title={t('markets.unknown')}>
          {t('markets.contribute', { file: PACKS })} <Link to="/markets">{t('markets.to-all')}</Link>
        </Empty>
      )}
      {market.isError && !unknown && <Failure error={market.error} onRetry={() => void market.refetch()} />}
      {market.data && <Profile market={market.data} />}
    </>
  );
}

function Profile({ market }: { market: Market }) {
  const t = useText();
  return (
    <>
      <p className={styles['tendency']}>{t('markets.tendency')}</p>
      <div className={styles['top']}>
        <Facts market={market} />
        <Coverage market={market} />
      </div>
      <Coming market={market.id} />
      <Known market={market.id} />
    </>
  );
}

function Facts({ market: { territory, language, id } }: { market: Market }) {
  const t = useText();
  const intl = useIntl();
  const money = () => {
    try {
      return new Intl.NumberFormat(id, { style: 'currency', currency: territory.currency }).format(1234.5);
    } catch {
      return territory.currency;
    }
  };
  const here = (options: Intl.DateTimeFormatOptions) => {
    try {
      return new Intl.DateTimeFormat(id, { ...options, timeZone: territory.reference_zone }).format(new Date());
    } catch {
      return intl.formatDate(new Date(), options);
    }
  };
  const rows: [string, ReactNode][] = [
    [t('markets.currency'), <bdi key="c">{t('markets.money', { code: territory.currency, example: money() })}</bdi>],
    [
      t('markets.day'),
      <bdi key="d" lang={id}>
        {here({ dateStyle: 'full' })}
      </bdi>,
    ],
    [
      t('markets.time'),
      <span key="t">
        <bdi lang={id}>{here({ timeStyle: 'short' })}</bdi> <bdi className="quiet small">{territory.reference_zone}</bdi>
      </span>,
    ],
    ...(language
      ? ([
          [
            t('markets.language'),
            <bdi key="l" lang={language.id}>
              {language.native_name}
            </bdi>,
          ],
          [t('markets.direction'), t(language.direction === 'rtl' ? 'markets.rtl' : 'markets.ltr')],
        ] satisfies [string, ReactNode][])
      : []),
  ];
  return (
    <section className={`card ${styles['facts']}`} aria-labelledby="facts">
      <h2 id="facts">{t('markets.facts')}</h2>
      <dl>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet small" lang="en" dir="auto">
        {territory.source}
      </p>
    </section>
  );
}

function Known({ market }: { market: string }) {
  const t = useText();
  const facetName = useFacetName();
  const claims = useQuery(claimsQuery(market));
  if (claims.isPending) return <Loading />;
  if (!claims.data) return <Failure error={claims.error} onRetry={() => void claims.refetch()} />;
  const { known, empty } = byFacet(claims.data);
  return (
    <section aria-labelledby="known" data-testid="claims">
      <h2 id="known" className={styles['section']}>
        {t('markets.known', { count: claims.data.length })}
      </h2>
      <div className={styles['facets']}>
        {known.map(([facet, here]) => (
          <details key={facet} className="card" data-facet={facet} open={known.length <= 4 || undefined}>
            <summary className={styles['facet']}>
              <span>{facetName(facet)}</span>
              <span className="quiet small figures">{t('markets.facet-count', { count: here.length })}</span>
            </summary>
            <div className={styles['claims']}>
              {here.map((claim) => (
                <ClaimCard key={claim.id} claim={claim} />
              ))}
            </div>
          </details>
        ))}
      </div>
      {0 < empty.length && (
        <section className={`card ${styles['unknown']}`} aria-labelledby="unknown" data-testid="nothing-known">
          <h3 id="unknown">{t('markets.nothing')}</h3>
          <p className="quiet">{t('markets.contribute', { file: PACKS })}</p>
          <ul>
            {empty.map((facet) => (
              <li key={facet} data-facet={facet}>
                {facetName(facet)}
              </li>
            ))}
          </ul>
        </section>
      )}
    </section>
  );
}
