import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useIntl } from 'react-intl';
import { downloadCsv } from '../../files/download';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import { csvOf } from './csv';
import type { Report } from './report';
import styles from './results.module.css';

interface Props {
  report: Report;
  updatedAt: number;
  table: boolean;
  onTable: (table: boolean) => void;
  refresh: boolean;
  onRefresh: (refresh: boolean) => void;
}

export function Toolbar({ report, updatedAt, table, onTable, refresh, onRefresh }: Props) {
  const t = useText();
  const intl = useIntl();
  return (
    <div className={styles['toolbar']}>
      <SegmentedControl
        aria-label={t('results.show-as')}
        value={table ? 'table' : 'picture'}
        onChange={(value) => onTable(value === 'table')}
        data={[
          { value: 'picture', label: t('results.as-picture') },
          { value: 'table', label: t('results.as-table') },
        ]}
      />
      <Button variant="default" leftSection={<Icon name="download" />} onClick={() => downloadCsv(`${report.slot}-${report.metric}.csv`, csvOf(report))}>
        {t('results.csv')}
      </Button>
      <div className={styles['fresh']}>
        <Switch
          size="sm"
          label={t('results.refresh')}
          checked={refresh}
          onChange={(event) => onRefresh(event.currentTarget.checked)}
        />
        <span className="quiet small figures">
          {t('results.updated', { time: intl.formatTime(updatedAt, { timeStyle: 'medium' }) })}
        </span>
      </div>
    </div>
  );
}
