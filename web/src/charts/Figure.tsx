import { Button, SegmentedControl, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { downloadCsv } from '../files/download';
import { useText } from '../i18n/text';
import { Icon } from '../shell/icons';
import styles from './figure.module.css';

interface Props {
  title: string;
  lead: ReactNode;
  /** The file's name without its ending. */
  file: string;
  csv: () => string;
  table: ReactNode;
  testId: string;
  children: ReactNode;
}

/** A picture that can also be read as a table and taken away as a file. */
export function Figure({ title, lead, file, csv, table, testId, children }: Props) {
  const t = useText();
  const [asTable, setAsTable] = useState(false);
  return (
    <section className={`card ${styles['figure']}`} data-testid={testId} aria-label={title}>
      <header className={styles['head']}>
        <div className={styles['words']}>
          <Title order={2} size="h4">
            {title}
          </Title>
          <p className="quiet small">{lead}</p>
        </div>
        <div className={styles['tools']}>
          <SegmentedControl
            size="xs"
            aria-label={t('words.show-as', { title })}
            value={asTable ? 'table' : 'picture'}
            onChange={(value) => setAsTable(value === 'table')}
            data={[
              { value: 'picture', label: t('words.as-picture') },
              { value: 'table', label: t('words.as-table') },
            ]}
          />
          <Button
            size="xs"
            variant="default"
            leftSection={<Icon name="download" size={14} />}
            aria-label={t('words.csv-of', { title })}
            onClick={() => downloadCsv(`${file}.csv`, csv())}
          >
            {t('words.csv')}
          </Button>
        </div>
      </header>
      {asTable ? (
        <div className={styles['scroll']} role="region" aria-label={t('words.table-of', { title })} tabIndex={0}>
          {table}
        </div>
      ) : (
        children
      )}
    </section>
  );
}
