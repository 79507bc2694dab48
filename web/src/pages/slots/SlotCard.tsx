import { Link } from '@tanstack/react-router';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import type { Slot } from './queries';
import styles from './slots.module.css';

export function SlotCard({ slot }: { slot: Slot }) {
  const t = useText();
  const marketName = useMarketName();
  const waiting = slot.markets.filter((market) => !market.live);
  return (
    <li className={`card ${styles['slot']}`} data-slot={slot.key}>
      <div className={styles['head']}>
        <h2 className={styles['key']}>
          <Link to="/slots/$key" params={{ key: slot.key }}>
            <bdi>{slot.key}</bdi>
          </Link>
        </h2>
        <span className={styles['status']} data-status={slot.status}>
          <Icon name={slot.status === 'live' ? 'check' : 'wait'} size={14} />
          {t(slot.status === 'live' ? 'slots.live' : 'slots.waiting')}
        </span>
      </div>
      <ul className={`quiet small ${styles['facts']}`}>
        <li>{t('slots.markets', { live: slot.markets.length - waiting.length, markets: slot.markets.length })}</li>
        <li>{t('slots.variants', { variants: slot.variants.length })}</li>
        <li>{t('slots.goal', { goal: slot.goal, hours: slot.horizon_hours })}</li>
      </ul>
      {waiting.length > 0 && (
        <details className="small">
          <summary>{t('slots.not-live', { count: waiting.length })}</summary>
          <ul className={styles['reasons']}>
            {waiting.map(({ market, reason }) => (
              <li key={market}>
                {t('slots.not-live-in', { market: marketName(market), reason: reason ?? t('slots.no-reason') })}
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className={styles['open']}>
        <Link to="/slots/$key" params={{ key: slot.key }} aria-hidden="true" tabIndex={-1}>
          {t('slots.results')}
        </Link>
      </p>
    </li>
  );
}
