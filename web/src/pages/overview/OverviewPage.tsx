import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text';
import { Failure, Loading } from '../../shell/Notices';
import { FirstMarket } from './FirstMarket';
import { MarketFigure } from './MarketFigure';
import { NeedList } from './NeedList';
import { nextStep, tally, type Overview } from './overview';
import styles from './overview.module.css';
import { overviewQuery } from './queries';

export function OverviewPage() {
  const t = useText();
  const overview = useQuery(overviewQuery);
  useDocumentTitle(`${t('overview.title')} · ${t('shell.product')}`);
  return (
    <>
      <Title order={1} size="h2" mb="xs">
        {t('overview.title')}
      </Title>
      {overview.isPending && <Loading />}
      {overview.isError && <Failure error={overview.error} onRetry={() => void overview.refetch()} />}
      {overview.data && <Whole overview={overview.data} />}
    </>
  );
}

function Whole({ overview }: { overview: Overview }) {
  const { markets, needs, steps } = overview;
  const next = nextStep(steps);
  return (
    <>
      <Takeaway overview={overview} />
      {next && <FirstMarket steps={steps} next={next} />}
      <div className={styles['columns']}>
        {0 < markets.length && <MarketFigure markets={markets} />}
        <NeedList needs={needs} />
      </div>
    </>
  );
}

function Takeaway({ overview: { markets, workspace } }: { overview: Overview }) {
  const t = useText();
  const name = workspace.name;
  if (markets.length === 0) return <p className={styles['takeaway']}>{t('overview.takeaway-none', { name })}</p>;
  const counts = Object.fromEntries((['better', 'worse', 'same', 'early', 'none', 'quiet'] as const).map((status) => [status, tally(markets, status)]));
  return (
    <p className={styles['takeaway']} data-testid="takeaway">
      {t('overview.takeaway', { name, markets: markets.length, ...counts })}
    </p>
  );
}
