import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { Figure } from '../../charts/Figure';
import { TrendRows, type TrendRow } from '../../charts/TrendRows';
import { useMarketName } from '../../i18n/markets';
import { useNumbers } from '../../i18n/numbers';
import { useText } from '../../i18n/text';
import { Failure } from '../../shell/Notices';
import { leaderOf, learningCsv, marketsOf, seenIn, trendsOf, type Learning } from './learning';
import { learningQuery } from './queries';
import styles from './results.module.css';

/** How the share of each variant moved while results came in: small multiples on one axis. */
export function LearningPanel({ slot, refresh }: { slot: string; refresh: boolean }) {
  const t = useText();
  const learning = useQuery(learningQuery(slot, refresh));
  if (learning.isPending) return null;
  if (!learning.data) return <Failure error={learning.error} onRetry={() => void learning.refetch()} />;
  if (learning.data.points.length === 0)
    return (
      <section className="card" data-testid="learning">
        <p className="quiet" style={{ margin: 0 }}>
          {t('results.learning-none')}
        </p>
      </section>
    );
  return <Shares learning={learning.data} />;
}

function Shares({ learning }: { learning: Learning }) {
  const t = useText();
  const intl = useIntl();
  const marketName = useMarketName();
  const [first, last] = [learning.points[0]!, learning.points.at(-1)!];
  const when = ({ at }: { at: string }) => intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <Figure
      testId="learning"
      title={t('results.learning-title')}
      lead={t('results.learning-lead', { from: when(first), to: when(last) })}
      file={`${learning.slot}-learning`}
      csv={() => learningCsv(learning)}
      table={<Moments learning={learning} />}
    >
      <div className={styles['multiples']}>
        {marketsOf(learning).map((market) => (
          <div key={market} className={styles['multiple']}>
            <h3 className={styles['market']}>
              <bdi>{marketName(market)}</bdi> <span className="quiet small">{t('words.count', { n: seenIn(learning, market) })}</span>
            </h3>
            <Market learning={learning} market={market} />
          </div>
        ))}
      </div>
    </Figure>
  );
}

function Market({ learning, market }: { learning: Learning; market: string }) {
  const t = useText();
  const numbers = useNumbers(0);
  const name = useMarketName()(market);
  const trends = trendsOf(learning, market);
  const leader = leaderOf(trends);
  const rows = trends.map((trend): TrendRow => {
    const variant = trend.generic ? t('results.generic-variant', { variant: trend.variant }) : trend.variant;
    return {
      key: `${market} ${trend.variant}`,
      label: <bdi>{variant}</bdi>,
      points: trend.points,
      value: numbers.rate(trend.last),
      strong: trend === leader,
      hollow: trend.generic,
      spoken: t('results.spoken-share', {
        market: name,
        variant,
        first: numbers.rate(trend.first),
        last: numbers.rate(trend.last),
        n: seenIn(learning, market),
      }),
    };
  });
  const events = (at: number) => t('results.events', { events: learning.points.at(at)?.events ?? 0 });
  return <TrendRows title={t('results.learning-in', { market: name })} rows={rows} start={events(0)} end={events(-1)} />;
}

function Moments({ learning }: { learning: Learning }) {
  const t = useText();
  const intl = useIntl();
  const numbers = useNumbers(1);
  const marketName = useMarketName();
  const heads = (['results.col-when', 'results.col-events', 'results.col-market', 'results.col-n', 'results.col-variant', 'results.col-share'] as const).map((id) => t(id));
  // The newest first; a year of moments would only be scrolled past, and the file has all of them.
  const shown = learning.points.slice(-MOST).reverse();
  return (
    <Table className="figures" verticalSpacing={4} captionSide="top">
      <Table.Caption>{t('results.learning-caption', { shown: shown.length, all: learning.points.length })}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          {heads.map((head) => (
            <Table.Th key={head} scope="col">
              {head}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shown.flatMap(({ at, events, markets }) =>
          markets.flatMap(({ market, n, arms }) =>
            arms.map(({ variant, share }) => (
              <Table.Tr key={`${events} ${market} ${variant}`}>
                <Table.Td>{intl.formatDate(at, { dateStyle: 'medium', timeStyle: 'medium' })}</Table.Td>
                <Table.Td>{numbers.count(events)}</Table.Td>
                <Table.Td>
                  <bdi>{marketName(market)}</bdi>
                </Table.Td>
                <Table.Td>{numbers.count(n)}</Table.Td>
                <Table.Td>
                  <bdi>{variant}</bdi>
                </Table.Td>
                <Table.Td>{numbers.rate(share)}</Table.Td>
              </Table.Tr>
            )),
          ),
        )}
      </Table.Tbody>
    </Table>
  );
}

const MOST = 20;
