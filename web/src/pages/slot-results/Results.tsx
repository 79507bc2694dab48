import type { ReactNode } from 'react';
import { decimalsFor, useNumbers } from '../../i18n/numbers';
import { useText } from '../../i18n/text';
import { domainOf, useSteadyDomain } from '../../charts/scale';
import { CultureCard } from './CultureCard';
import { Definition } from './Definition';
import { LearningPanel } from './LearningPanel';
import { MarketPlot } from './MarketPlot';
import { differences, measured, type Report } from './report';
import { ResultTable } from './ResultTable';
import styles from './results.module.css';
import { spread, takeaway } from './takeaway';
import { VariantPanel } from './VariantPanel';

/** All spans the difference chart has to hold, those of the market alone and the pooled ones. */
function spans(report: Report) {
  const cells = [...differences(report), { ...report.overall.difference, pooled: null }].filter(measured);
  return cells.flatMap((cell) => (cell.pooled ? [cell.interval, cell.pooled] : [cell.interval]));
}

interface Props {
  report: Report;
  table: boolean;
  refresh: boolean;
  children: ReactNode;
}

export function Results({ report, table, refresh, children }: Props) {
  const t = useText();
  const domain = useSteadyDomain(report.slot, domainOf(spans(report), true));
  const numbers = useNumbers(decimalsFor(domain ? domain[1] - domain[0] : 1));
  const main = takeaway(report, numbers);
  const between = spread(report, numbers);
  return (
    <>
      <p className={styles['takeaway']} data-testid="takeaway">
        {t(main.id, main.values)}
      </p>
      {children}
      {table ? (
        <ResultTable report={report} numbers={numbers} />
      ) : (
        <>
          <MarketPlot report={report} domain={domain} numbers={numbers} />
          <p className={styles['spread']}>{t(between.id, between.values)}</p>
          {report.culture && <CultureCard culture={report.culture} numbers={numbers} />}
          <VariantPanel report={report} />
          <LearningPanel slot={report.slot} refresh={refresh} />
        </>
      )}
      <Definition report={report} />
    </>
  );
}
