import { Table } from '@mantine/core';
import { useMarketName } from '../../i18n/markets';
import type { MessageId } from '../../i18n/locales';
import type { Numbers } from '../../i18n/numbers';
import { useText } from '../../i18n/text';
import { measured, type Cell, type Report } from './report';
import styles from './results.module.css';
import { VerdictLabel } from './VerdictLabel';

const HEADS: MessageId[] = [
  'results.col-market',
  'results.col-arm',
  'results.col-n',
  'results.col-conversions',
  'results.col-estimate',
  'results.col-interval',
  'results.col-pooled',
  'results.col-verdict',
];

const KINDS: Record<Cell['kind'], MessageId> = {
  holdout: 'results.holdout',
  treated: 'results.treated',
  difference: 'results.difference',
  variant: 'results.variant',
};

type TableRow = Omit<Cell, 'arm'> & { arm?: string };

function overallRows({ overall }: Report): TableRow[] {
  const all = { market: '', variant: null, generic: false, pooled: null, verdict: null, reason: null };
  return [
    { ...all, kind: 'holdout', ...overall.holdout },
    { ...all, kind: 'treated', ...overall.treated },
    { ...all, kind: 'difference', conversions: null, ...overall.difference },
  ];
}

/** Every number of the pictures, for those who would rather read or copy them. */
export function ResultTable({ report, numbers }: { report: Report; numbers: Numbers }) {
  const t = useText();
  const marketName = useMarketName();

  const line = (cell: TableRow, index: number) => {
    const show = cell.kind === 'difference' ? numbers.points : numbers.rate;
    const range = (span: { low: number; high: number }) => t('words.interval', { low: show(span.low), high: show(span.high) });
    const name = cell.variant === null ? t(KINDS[cell.kind]) : cell.variant;
    return (
      <Table.Tr key={index} data-kind={cell.kind} data-market={cell.market || 'all'}>
        <Table.Th scope="row">
          <bdi>{cell.market ? marketName(cell.market) : t('words.all-markets')}</bdi>
        </Table.Th>
        <Table.Td>
          <bdi>{cell.variant !== null && cell.generic ? t('results.generic-variant', { variant: name }) : name}</bdi>
        </Table.Td>
        <Table.Td>{numbers.count(cell.n)}</Table.Td>
        <Table.Td>{cell.conversions === null ? null : numbers.count(cell.conversions)}</Table.Td>
        <Table.Td>{measured(cell) ? show(cell.estimate) : null}</Table.Td>
        <Table.Td>{measured(cell) ? range(cell.interval) : <span dir="auto" className={styles['why']}>{cell.reason}</span>}</Table.Td>
        <Table.Td>{cell.pooled && measured(cell) ? `${show(cell.pooled.estimate)} (${range(cell.pooled)})` : null}</Table.Td>
        <Table.Td>{cell.kind === 'difference' ? <VerdictLabel verdict={cell.verdict} /> : null}</Table.Td>
      </Table.Tr>
    );
  };

  return (
    <section className={`card ${styles['table']}`} data-testid="table">
      <div className={styles['scroll']} role="region" aria-label={t('results.table-title')} tabIndex={0}>
        <Table className="figures" verticalSpacing="xs" captionSide="top">
          <Table.Caption>{t('results.table-caption', { level: numbers.level(report.definition.level) })}</Table.Caption>
          <Table.Thead>
            <Table.Tr>
              {HEADS.map((id) => (
                <Table.Th key={id} scope="col">
                  {t(id)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>{[...report.markets, ...overallRows(report)].map(line)}</Table.Tbody>
        </Table>
      </div>
    </section>
  );
}
