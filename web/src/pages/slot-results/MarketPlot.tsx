import { Title } from '@mantine/core';
import { IntervalChart, type ChartRow } from '../../charts/IntervalChart';
import { Legend } from '../../charts/Legend';
import type { Mark } from '../../charts/marks';
import { useMarketName } from '../../i18n/markets';
import type { Numbers } from '../../i18n/numbers';
import { useText, type Translate } from '../../i18n/text';
import { differences, measured, type Cell, type Difference, type Report } from './report';
import { toneOf, VerdictLabel, verdictWords } from './VerdictLabel';

interface Words {
  t: Translate;
  numbers: Numbers;
}

type Shown = Difference & Pick<Cell, 'pooled'>;

function marksOf(cell: Shown): Mark[] {
  if (!measured(cell)) return [];
  const own: Mark = { ...cell.interval, estimate: cell.estimate, shape: 'own' };
  return cell.pooled ? [own, { ...cell.pooled, shape: 'pooled' }] : [own];
}

function spokenOf(cell: Shown, name: string, { t, numbers }: Words): string {
  const verdict = verdictWords(cell.verdict, t);
  if (!measured(cell))
    return t('results.spoken-early', { market: name, verdict, n: cell.n, reason: cell.reason ?? verdict });
  const range = ({ low, high }: { low: number; high: number }) => ({ low: numbers.points(low), high: numbers.points(high) });
  const own = t('results.spoken', {
    market: name,
    verdict,
    difference: numbers.points(cell.estimate),
    level: numbers.level(cell.interval.level),
    ...range(cell.interval),
    n: cell.n,
  });
  if (!cell.pooled) return own;
  return `${own} ${t('results.spoken-pooled', { difference: numbers.points(cell.pooled.estimate), ...range(cell.pooled) })}`;
}

function Value({ cell, words }: { cell: Shown; words: Words }) {
  const { t, numbers } = words;
  return (
    <>
      {measured(cell) && (
        <>
          <div>{t('words.points', { value: numbers.points(cell.estimate) })}</div>
          <div className="quiet small">
            {t('words.interval', { low: numbers.points(cell.interval.low), high: numbers.points(cell.interval.high) })}
          </div>
        </>
      )}
      {measured(cell) && cell.pooled && (
        <div className="quiet small">
          {t('results.pooled-value', {
            difference: numbers.points(cell.pooled.estimate),
            low: numbers.points(cell.pooled.low),
            high: numbers.points(cell.pooled.high),
          })}
        </div>
      )}
      <div className="quiet small">{t('words.count', { n: cell.n })}</div>
    </>
  );
}

export function MarketPlot(props: { report: Report; domain: [number, number] | null; numbers: Numbers }) {
  const { report, domain, numbers } = props;
  const t = useText();
  const marketName = useMarketName();
  const words = { t, numbers };

  const rowOf = (key: string, name: string, cell: Shown): ChartRow => ({
    key,
    label: <bdi>{name}</bdi>,
    marks: marksOf(cell),
    tone: toneOf(cell.verdict),
    value: <Value cell={cell} words={words} />,
    verdict: <VerdictLabel verdict={cell.verdict} />,
    ...(measured(cell) ? {} : { instead: <span dir="auto">{cell.reason ?? t('results.early-body')}</span> }),
    spoken: spokenOf(cell, name, words),
  });

  const rows = differences(report).map((cell) => rowOf(cell.market, marketName(cell.market), cell));
  const all = rowOf('all', t('words.all-markets'), { ...report.overall.difference, pooled: null });
  return (
    <section className="card" data-testid="market-plot">
      <Title order={2} size="h4">
        {t('results.plot-title')}
      </Title>
      <p className="quiet small">{t('results.plot-lead', { level: numbers.level(report.definition.level) })}</p>
      <Legend
        items={[
          { shape: 'own', text: t('results.legend-own') },
          { shape: 'pooled', text: t('results.legend-pooled') },
        ]}
        pull={t('results.legend-pull')}
      />
      <IntervalChart
        title={t('results.plot-title')}
        rows={[...rows, { ...all, summary: true }]}
        domain={domain}
        tick={numbers.pointsTick}
        zero
      />
    </section>
  );
}
