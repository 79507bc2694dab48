import { useText } from '../../i18n/text';
import { useAge } from '../../i18n/time';
import { Icon } from '../../shell/icons';
import { VERDICTS } from './labels';
import type { Review } from './review';
import styles from './item.module.css';

/** Who has said what so far, and how many approvals are still missing. */
export function Verdicts({ review }: { review: Review }) {
  const t = useText();
  const age = useAge();
  return (
    <section aria-labelledby="verdicts">
      <h3 id="verdicts" className={styles['path']}>
        {t('reviews.verdicts')}
      </h3>
      <ul className={styles['said']}>
        {review.verdicts.map(({ by, verdict, reason, at }) => (
          <li key={`${by} ${at}`} data-verdict={verdict}>
            <Icon name={VERDICTS[verdict].icon} />
            <span>
              {t(VERDICTS[verdict].id, { by })} <span className="quiet small">{age(at)}</span>
              {reason && (
                <q className={styles['reason']} dir="auto">
                  {reason}
                </q>
              )}
            </span>
          </li>
        ))}
      </ul>
      {review.verdicts.length === 0 && <p className="quiet small">{t('reviews.no-verdict')}</p>}
      {review.state === 'waiting' && (
        <p data-testid="needed">
          <strong>{t('reviews.needed', { needed: review.needed })}</strong>
        </p>
      )}
    </section>
  );
}
