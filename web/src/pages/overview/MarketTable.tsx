import { Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { decimalsFor, useNumbers } from '../../i18n/numbers';
import { useMarketName } from '../../i18n/markets';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import { VerdictLabel } from '../slot-results/VerdictLabel';
import { shown, type MarketState, type SlotState } from './overview';
import styles from './overview.module.css';

const HEADS: MessageId[] = [
  'overview.col-market',
  'overview.col-slot',
  'overview.col-n',
  'overview.col-difference',
  'overview.col-verdict',
  'overview.col-waiting',
  'overview.col-findings',
  'overview.col-claims',
];

/** Every number of the tiles and those behind them. */
export function MarketTable({ markets }: { markets: MarketState[] }) {
  const t = useText();
  return (
    <Table className={`figures ${styles['table']}`} verticalSpacing="xs" captionSide="top">
      <Table.Caption>{t('overview.table-caption')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          {HEADS.map((id) => (
            <Table.Th key={id} scope="col">
              {t(id)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      {markets.map((market) => (
        <Rows key={market.market} market={market} />
      ))}
    </Table>
  );
}

function Rows({ market }: { market: MarketState }) {
  const t = useText();
  const numbers = useNumbers(1);
  const name = useMarketName()(market.market);
  const { slots, findings, claims } = market;
  const span = Math.max(1, slots.length);
  return (
    <Table.Tbody>
      {(slots.length === 0 ? [null] : slots).map((slot, index) => (
        <Table.Tr key={slot?.slot ?? ''} data-market={market.market}>
          {index === 0 && (
            <Table.Th scope="rowgroup" rowSpan={span}>
              <Link to="/markets/$id" params={{ id: market.market }}>
                <bdi>{name}</bdi>
              </Link>
              {market.quiet && <div className="quiet small">{t('overview.status-quiet')}</div>}
            </Table.Th>
          )}
          <SlotCells slot={slot} />
          {index === 0 && (
            <>
              <Table.Td rowSpan={span}>{numbers.count(market.waiting)}</Table.Td>
              <Table.Td rowSpan={span}>{findings ? t('overview.findings', findings) : t('overview.no-audit')}</Table.Td>
              <Table.Td rowSpan={span}>{t('overview.claims', claims)}</Table.Td>
            </>
          )}
        </Table.Tr>
      ))}
    </Table.Tbody>
  );
}

function SlotCells({ slot }: { slot: SlotState | null }) {
  const t = useText();
  const span = slot && shown(slot) ? slot.interval.high - slot.interval.low : 1;
  const numbers = useNumbers(decimalsFor(span));
  if (!slot) return <Table.Td colSpan={4}>{t('overview.no-slots')}</Table.Td>;
  return (
    <>
      <Table.Td>
        <Link to="/slots/$key" params={{ key: slot.slot }}>
          <bdi>{slot.slot}</bdi>
        </Link>
      </Table.Td>
      <Table.Td>{numbers.count(slot.n)}</Table.Td>
      <Table.Td>
        {shown(slot) ? (
          t('overview.difference', {
            difference: numbers.points(slot.estimate),
            low: numbers.points(slot.interval.low),
            high: numbers.points(slot.interval.high),
          })
        ) : (
          <span className="quiet" dir="auto">
            {slot.reason}
          </span>
        )}
      </Table.Td>
      <Table.Td>
        <VerdictLabel verdict={slot.verdict} />
      </Table.Td>
    </>
  );
}
