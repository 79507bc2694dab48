import { Title } from '@mantine/core';
import { IntervalChart, type ChartRow } from '../../charts/IntervalChart';
import { Legend } from '../../charts/Legend';
import { domainOf, useSteadyDomain } from '../../charts/scale';
import { useMarketName } from '../../i18n/markets';
import { decimalsFor, useNumbers, type Numbers } from '../../i18n/numbers';
import { useText, type Translate } from '../../i18n/text';
import { differences, measured, type Cell, type Report } from './report';
import styles from './results.module.css';

function nameOf(cell: Cell, t: Translate): string {
  if (cell.kind === 'holdout') return t('results.holdout');
  const name = cell.variant ?? cell.arm;
  return cell.generic ? t('results.generic-variant', { variant: name }) : name;
}

function rowOf(cell: Cell, market: string, t: Translate, numbers: Numbers): ChartRow {
  const name = nameOf(cell, t);
  const base = { key: `${cell.market} ${cell.kind} ${cell.arm}`, label: <bdi className="small">{name}</bdi> };
  const n = <div className="quiet small">{t('words.count', { n: cell.n })}</div>;
  if (!measured(cell)) {
    const reason = cell.reason ?? t('results.early-body');
    const spoken = t('results.spoken-early', { market: `${market}, ${name}`, verdict: t('results.too-early'), n: cell.n, reason });
    return { ...base, marks: [], tone: 'early', value: n, instead: <span dir="auto">{reason}</span>, spoken };
  }
  const shape = cell.kind === 'holdout' ? ('baseline' as const) : ('plain' as const);
  const figures = {
    rate: numbers.rate(cell.estimate),
    low: numbers.rate(cell.interval.low),
    high: numbers.rate(cell.interval.high),
  };
  return {
    ...base,
    marks: [{ ...cell.interval, estimate: cell.estimate, shape }],
    tone: cell.kind === 'holdout' ? 'same' : 'plain',
    value: (
      <div className="small">
        <strong>{figures.rate}</strong> <span className="quiet">{t('words.interval', figures)}</span>
        {n}
      </div>
    ),
    spoken: t('results.spoken-rate', { market, variant: name, level: numbers.level(cell.interval.level), n: cell.n, ...figures }),
  };
}

/** While no arm of a market has a number, the reason is said once and not per arm. */
function Multiple({ cells, domain, numbers }: { cells: Cell[]; domain: [number, number] | null; numbers: Numbers }) {
  const t = useText();
  const name = useMarketName()(cells[0]?.market ?? '');
  if (!cells.some(measured)) {
    const n = cells.find((cell) => cell.kind === 'holdout')?.n ?? 0;
    return (
      <p className={`quiet small ${styles['waiting']}`}>
        <span dir="auto">{cells[0]?.reason ?? t('results.early-body')}</span> {t('results.holdout-count', { n })}
      </p>
    );
  }
  return (
    <IntervalChart
      title={t('results.variants-in', { market: name })}
      rows={cells.map((cell) => rowOf(cell, name, t, numbers))}
      domain={domain}
      tick={numbers.rateTick}
      dense
    />
  );
}

/** Small multiples on one axis: rates can be compared along a market and across markets. */
export function VariantPanel({ report }: { report: Report }) {
  const t = useText();
  const marketName = useMarketName();
  const shown = report.markets.filter((cell) => cell.kind === 'holdout' || cell.kind === 'variant');
  const spans = shown.filter(measured).map((cell) => cell.interval);
  const domain = useSteadyDomain(report.slot, domainOf(spans, false));
  const numbers = useNumbers(decimalsFor(domain ? domain[1] - domain[0] : 1));
  if (shown.length === 0) return null;
  return (
    <section className={styles['variants']} data-testid="variants">
      <Title order={2} size="h4">
        {t('results.variants-title')}
      </Title>
      <p className="quiet small">{t('results.variants-lead')}</p>
      <Legend
        items={[
          { shape: 'baseline', text: t('results.legend-holdout') },
          { shape: 'plain', text: t('results.legend-variant') },
        ]}
      />
      <div className={styles['multiples']}>
        {differences(report).map(({ market }) => (
          <div className="card" key={market}>
            <h3 className={styles['market']}>
              <bdi>{marketName(market)}</bdi>
            </h3>
            <Multiple cells={shown.filter((cell) => cell.market === market)} domain={domain} numbers={numbers} />
          </div>
        ))}
      </div>
    </section>
  );
}
