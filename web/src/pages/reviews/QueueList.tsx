import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { useAge } from '../../i18n/time';
import { Icon } from '../../shell/icons';
import { ORIGINS, SENSITIVITIES, STATES } from './labels';
import type { Review } from './review';
import styles from './reviews.module.css';

/** Links, not buttons: each item has an address and opens in a new tab like any page. */
export function QueueList({ items, openId }: { items: Review[]; openId: number }) {
  const t = useText();
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [openId]);
  return (
    <nav aria-label={t('reviews.list')} className={styles['listbox']}>
      <ul ref={list} className={styles['list']}>
        {items.map((review) => (
          <li key={review.id} data-review={review.id}>
            <Entry review={review} open={review.id === openId} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Entry({ review, open }: { review: Review; open: boolean }) {
  const t = useText();
  const marketName = useMarketName();
  const age = useAge();
  const { subject, state } = review;
  return (
    <Link
      to="/reviews"
      search={(before) => ({ ...before, id: review.id })}
      className={styles['entry']}
      // The router marks links by their search as it stands; ours also counts the item opened without one.
      activeProps={{}}
      aria-current={open ? 'true' : undefined}
      data-open={open || undefined}
    >
      <span className={styles['line']}>
        <strong>
          <bdi>{marketName(subject.market)}</bdi>
        </strong>
        <span className="quiet small">{age(review.created_at)}</span>
      </span>
      <span className="small">
        <bdi>{review.slot}</bdi> · <bdi>{review.variant}</bdi>
      </span>
      <span className={styles['tags']}>
        <span className={styles['tag']}>{t(ORIGINS[subject.origin])}</span>
        {subject.sensitivity !== 'none' && (
          <span className={styles['tag']} data-sensitive>
            <Icon name="warn" size={13} />
            {t(SENSITIVITIES[subject.sensitivity])}
          </span>
        )}
        {state !== 'waiting' && (
          <span className={styles['tag']}>
            <Icon name={state === 'approved' ? 'check' : 'cross'} size={13} />
            {t(STATES[state])}
          </span>
        )}
      </span>
    </Link>
  );
}
