import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../api/http';
import { useText } from '../../i18n/text';
import { Empty, Failure, Loading } from '../../shell/Notices';
import { reportQuery } from './queries';
import styles from './results.module.css';
import { Results } from './Results';
import { Toolbar } from './Toolbar';

export function SlotResultsPage() {
  const t = useText();
  const { key } = useParams({ from: '/inside/slots/$key' });
  const [refresh, setRefresh] = useState(true);
  const [table, setTable] = useState(false);
  const report = useQuery(reportQuery(key, refresh));
  useDocumentTitle(`${key} · ${t('shell.product')}`);

  const unknown = report.error instanceof Problem && report.error.status === 404;
  return (
    <>
      <p className={styles['crumb']}>
        <Link to="/slots">{t('shell.slots')}</Link>
      </p>
      <Title order={1} size="h2" mb="xs">
        {t('results.title', { slot: key })}
      </Title>
      {report.isPending && <Loading />}
      {unknown && <Empty title={t('results.unknown')}>{t('results.unknown-next')}</Empty>}
      {report.isError && !unknown && <Failure error={report.error} onRetry={() => void report.refetch()} />}
      {report.data && !unknown && (
        <Results report={report.data} table={table} refresh={refresh}>
          <Toolbar
            report={report.data}
            updatedAt={report.dataUpdatedAt}
            table={table}
            onTable={setTable}
            refresh={refresh}
            onRefresh={setRefresh}
          />
        </Results>
      )}
    </>
  );
}
