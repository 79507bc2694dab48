import { Button } from '@mantine/core';
import { useRef, useState, type DragEvent } from 'react';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import styles from './audits.module.css';
import { joined, type Chosen } from './order';

const readAll = (list: Iterable<File>): Promise<Chosen[]> =>
  Promise.all([...list].map(async (file) => ({ path: file.webkitRelativePath || file.name, bytes: new Uint8Array(await file.arrayBuffer()) })));

/** Files stay in the browser until the audit runs. */
export function FilePicker({ files, onFiles }: { files: Chosen[]; onFiles: (files: Chosen[]) => void }) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [failed, setFailed] = useState(false);
  const add = (list: Iterable<File>) =>
    readAll(list).then(
      (added) => {
        setFailed(false);
        onFiles(joined(files, added));
      },
      // A folder that was dropped, or a file that is gone by now.
      () => setFailed(true),
    );
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void add(event.dataTransfer.files);
  };
  return (
    <div className={styles['files']} data-over={over || undefined} onDragOver={(event) => (event.preventDefault(), setOver(true))} onDragLeave={() => setOver(false)} onDrop={drop}>
      <div className={styles['files-head']}>
        <Button variant="default" size="sm" leftSection={<Icon name="audits" />} onClick={() => input.current?.click()}>
          {t('audits.add-files')}
        </Button>
        <span className="quiet small">{t('audits.drop')}</span>
      </div>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('audits.add-files')}
        onChange={(event) => {
          void add(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
        }}
      />
      <div role="status">{failed && <p className={styles['problem']}>{t('audits.unreadable')}</p>}</div>
      {0 < files.length && (
        <ul className={styles['file-list']}>
          {files.map(({ path, bytes }) => (
            <li key={path}>
              <bdi>{path}</bdi> <span className="quiet small">{t('audits.bytes', { bytes: bytes.length })}</span>
              <Button variant="subtle" size="compact-xs" aria-label={t('audits.remove', { file: path })} onClick={() => onFiles(files.filter((file) => file.path !== path))}>
                <Icon name="cross" size={14} />
              </Button>
            </li>
          ))}
          <li className="quiet small">{t('audits.files', { count: files.length })}</li>
        </ul>
      )}
    </div>
  );
}
