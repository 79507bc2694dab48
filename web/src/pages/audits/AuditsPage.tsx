import { Button, Table, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { useAge } from '../../i18n/time';
import { Empty, Failure, Loading } from '../../shell/Notices';
import type { AuditEntry } from './audit';
import styles from './audits.module.css';
import { auditsQuery } from './queries';

export function AuditsPage() {
  const t = useText();
  const audits = useQuery(auditsQuery);
  useDocumentTitle(`${t('audits.title')} · ${t('shell.product')}`);
  const items = audits.data?.items ?? [];
  return (
    <>
      <div className={styles['head']}>
        <div>
          <Title order={1} size="h2">
            {t('audits.title')}
          </Title>
          <Text c="dimmed" maw="42rem" mt={4}>
            {t('audits.lead')}
          </Text>
        </div>
        <Button component={Link} to="/audits/new">
          {t('audits.new')}
        </Button>
      </div>
      {audits.isPending && <Loading />}
      {audits.isError && <Failure error={audits.error} onRetry={() => void audits.refetch()} />}
      {audits.data && items.length === 0 && (
        <Empty title={t('audits.empty')}>
          {t('audits.empty-next')} <Link to="/audits/new">{t('audits.new')}</Link>
        </Empty>
      )}
      {0 < items.length && <List items={items} more={Boolean(audits.data?.next_cursor)} />}
    </>
  );
}

function List({ items, more }: { items: AuditEntry[]; more: boolean }) {
  const t = useText();
  const marketName = useMarketName();
  const age = useAge();
  return (
    <div className={`card ${styles['scroll']}`} role="region" aria-label={t('audits.list')} tabIndex={0}>
      <Table className={`figures ${styles['list']}`} verticalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            {(['audits.col-name', 'audits.col-found', 'audits.col-markets', 'audits.col-when'] as const).map((id) => (
              <Table.Th key={id} scope="col">
                {t(id)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((audit) => (
            <Table.Tr key={audit.id} data-audit={audit.id}>
              <Table.Th scope="row">
                <Link to="/audits/$id" params={{ id: audit.id }}>
                  <bdi>{audit.name}</bdi>
                </Link>
              </Table.Th>
              <Table.Td>{t('audits.counts', audit.counts)}</Table.Td>
              <Table.Td>
                {audit.markets.length <= 3
                  ? audit.markets.map(marketName).join(t('words.comma'))
                  : t('audits.markets', { count: audit.markets.length })}
              </Table.Td>
              <Table.Td>{t('audits.by', { by: audit.by, age: age(audit.at) })}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {more && <p className="quiet small">{t('audits.more')}</p>}
    </div>
  );
}
