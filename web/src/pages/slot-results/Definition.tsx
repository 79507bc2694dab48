import { useIntl } from 'react-intl';
import { useText } from '../../i18n/text';
import type { Report } from './report';
import styles from './results.module.css';

/** What was counted and how, beside the numbers rather than in a manual. */
export function Definition({ report }: { report: Report }) {
  const t = useText();
  const intl = useIntl();
  const { definition, window: period, notes } = report;
  const day = (instant: string) => intl.formatDate(instant, { dateStyle: 'medium', timeStyle: 'short' });
  const rows = [
    [t('results.numerator'), definition.numerator],
    [t('results.denominator'), definition.denominator],
    [t('results.horizon'), t('results.hours', { hours: definition.horizon_hours })],
    [t('results.method'), definition.method],
    [t('results.level'), intl.formatNumber(definition.level, { style: 'percent', maximumFractionDigits: 1 })],
    [
      t('results.window'),
      period.from && period.to ? t('words.interval', { low: day(period.from), high: day(period.to) }) : t('results.no-window'),
    ],
  ];
  return (
    <section className={`card ${styles['definition']}`}>
      <details>
        <summary>{t('results.definition', { title: definition.title })}</summary>
        <dl>
          {rows.map(([name, text]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{text}</dd>
            </div>
          ))}
        </dl>
        <p className="quiet small">{t('results.tendency')}</p>
      </details>
      {notes.length > 0 && (
        <ul className="quiet small" aria-label={t('results.notes')}>
          {notes.map((note) => (
            <li key={note}>
              <span dir="auto">{note}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
