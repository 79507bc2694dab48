import { Kbd, Switch } from '@mantine/core';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import styles from './reviews.module.css';

const KEYS: [string, MessageId][] = [
  ['j', 'reviews.key-next'],
  ['k', 'reviews.key-previous'],
  ['a', 'reviews.approve'],
  ['r', 'reviews.reject'],
];

/** Shown where they work; single letters can be switched off (WCAG 2.1.4). */
export function Shortcuts({ on, onToggle }: { on: boolean; onToggle: () => void }) {
  const t = useText();
  return (
    <div className={styles['shortcuts']}>
      <Switch size="sm" label={t('reviews.shortcuts')} checked={on} onChange={onToggle} />
      <ul data-off={!on || undefined}>
        {KEYS.map(([key, id]) => (
          <li key={key}>
            <Kbd>{key}</Kbd> {t(id)}
          </li>
        ))}
      </ul>
    </div>
  );
}
