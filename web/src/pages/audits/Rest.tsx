import { useIntl } from 'react-intl';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import type { Audit } from './audit';
import styles from './audits.module.css';

/** What was not judged, and what was judged and set aside: an audit that hides them would promise too much. */
export function Rest({ audit }: { audit: Audit }) {
  const t = useText();
  const intl = useIntl();
  const marketName = useMarketName();
  const { skipped, suppressed = [] } = audit.report;
  const day = (until: string) => intl.formatDate(until, { dateStyle: 'medium', timeZone: 'UTC' });
  return (
    <div className={styles['rest']}>
      {0 < suppressed.length && (
        <section className="card" aria-labelledby="suppressed" data-testid="suppressed">
          <h2 id="suppressed">{t('audits.suppressed', { count: suppressed.length })}</h2>
          <ul>
            {suppressed.map(({ finding, reason, until }) => (
              <li key={`${finding.fingerprint} ${finding.market}`}>
                <bdi>{finding.code}</bdi> · <bdi>{marketName(finding.market)}</bdi> ·{' '}
                <span lang="en" dir="auto">
                  {finding.message}
                </span>
                <p className="quiet small">
                  {until ? t('audits.because-until', { reason, until: day(until) }) : t('audits.because', { reason })}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      {0 < skipped.length && (
        <section className="card" aria-labelledby="skipped" data-testid="skipped">
          <h2 id="skipped">{t('audits.skipped', { count: skipped.length })}</h2>
          <ul>
            {skipped.map(({ subject, reason, hint }) => (
              <li key={`${subject} ${reason}`}>
                <strong>
                  <bdi>{subject}</bdi>
                </strong>{' '}
                <span lang="en" dir="auto">
                  {reason}
                </span>
                <p className="quiet small" lang="en" dir="auto">
                  {hint}
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
