import { useQuery } from '@tanstack/react-query';
import { useIntl } from 'react-intl';
import { Problem } from '../../api/http';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import { Icon, type IconName } from '../../shell/icons';
import { Failure } from '../../shell/Notices';
import type { Observance } from './market';
import styles from './markets.module.css';
import { calendarQuery } from './queries';

const TONES: Record<Observance['tone'], { id: MessageId; icon: IconName }> = {
  festive: { id: 'markets.festive', icon: 'sun' },
  solemn: { id: 'markets.solemn', icon: 'same' },
  mourning: { id: 'markets.mourning', icon: 'quiet' },
  fasting: { id: 'markets.fasting', icon: 'moon' },
};

const MOST = 12;

/** What the market keeps in the coming year, the next first. */
export function Coming({ market }: { market: string }) {
  const t = useText();
  const calendar = useQuery(calendarQuery(market));
  if (calendar.isPending) return null;
  // A server without calendars, or a territory: there is nothing to say here.
  if (calendar.error instanceof Problem && [400, 404].includes(calendar.error.status)) return null;
  if (!calendar.data) return <Failure error={calendar.error} onRetry={() => void calendar.refetch()} />;
  const { items } = calendar.data;
  return (
    <section className={`card ${styles['coming']}`} aria-labelledby="coming" data-testid="coming">
      <h2 id="coming">{t('markets.coming')}</h2>
      {items.length === 0 ? (
        <p className="quiet small">{t('markets.no-days')}</p>
      ) : (
        <ul>
          {items.slice(0, MOST).map((day) => (
            <Day key={`${day.id} ${day.from}`} day={day} />
          ))}
        </ul>
      )}
      {MOST < items.length && <p className="quiet small">{t('markets.more-days', { count: items.length - MOST })}</p>}
    </section>
  );
}

function Day({ day }: { day: Observance }) {
  const t = useText();
  const intl = useIntl();
  const tone = TONES[day.tone] ?? TONES.solemn;
  const show = (date: string) => intl.formatDate(date, { dateStyle: 'medium', timeZone: 'UTC' });
  const range = (from: string, to: string) => (from === to ? show(from) : intl.formatDateTimeRange(new Date(from), new Date(to), { dateStyle: 'medium', timeZone: 'UTC' }));
  const [earliest, latest] = [day.earliest ?? day.from, day.latest ?? day.to];
  return (
    <li data-tone={day.tone}>
      <div className={styles['date']}>
        <strong className="figures">{range(day.from, day.to)}</strong>
        {(earliest !== day.from || latest !== day.to) && <span className="quiet small">{t('markets.uncertain', { range: range(earliest, latest) })}</span>}
      </div>
      <div>
        <p>
          <strong>
            <bdi>{day.name}</bdi>
          </strong>{' '}
          <span className={styles['tone']}>
            <Icon name={tone.icon} size={14} />
            {t(tone.id)}
          </span>
        </p>
        <p lang="en" dir="auto">
          {day.statement}
        </p>
        <p className="quiet small" lang="en" dir="auto">
          {day.basis}
        </p>
      </div>
    </li>
  );
}
