import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useIntl } from 'react-intl';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import { csvOf } from './csv';
import type { Report } from './report';
import styles from './results.module.css';

function download(report: Report) {
  // The mark in front tells spreadsheets that the text is UTF-8.
  const url = URL.createObjectURL(new Blob(['\ufeff', csvOf(report)], { type: 'text/csv;charset=utf-8' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: `${report.slot}-${report.metric}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}

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
      <Button variant="default" leftSection={<Icon name="download" />} onClick={() => download(report)}>
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
