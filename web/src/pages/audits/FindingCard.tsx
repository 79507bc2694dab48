import { ClaimCard } from '../../claims/ClaimCard';
import type { Claim } from '../../claims/claim';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import styles from './audits.module.css';
import { sayingsOf, type Group, type Saying } from './groups';
import { BASIS, CONFIDENCE, SEVERITY } from './labels';

/** What was found, why it matters there, what to do, how sure; then the evidence. */
export function FindingCard({ group, claims }: { group: Group; claims: Record<string, Claim> }) {
  const t = useText();
  const { location, code, rule, confidence, basis } = group.findings[0]!;
  const { id, icon } = SEVERITY[group.severity];
  const ids = [...new Set(group.findings.flatMap((finding) => finding.claims))].filter((claim) => claims[claim]);
  return (
    <li id={`finding-${group.number}`} className={`card ${styles['finding']}`} data-severity={group.severity} data-code={code} tabIndex={-1}>
      <header className={styles['finding-head']}>
        <a className={styles['ref']} href={`#place-${group.number}`} aria-label={t('audits.to-place', { number: group.number })}>
          {group.number}
        </a>
        <span className={styles['severity']} data-severity={group.severity}>
          <Icon name={icon} size={15} />
          {t(id)}
        </span>
        {group.unsure && <span className={styles['tag']}>{t('audits.unsure-tag')}</span>}
        <span className="quiet small">
          <bdi>{code}</bdi> <bdi>{rule}</bdi>
        </span>
      </header>
      <p className={styles['where']}>
        <q dir="auto">{location.text}</q>{' '}
        <span className="quiet small">
          <bdi>{t('audits.place', { file: location.file, line: location.line, column: location.column })}</bdi>
        </span>
      </p>
      {sayingsOf(group).map((saying) => (
        <Say key={`${saying.markets.join(' ')} ${saying.finding.message}`} saying={saying} />
      ))}
      <p className="quiet small">
        {t(CONFIDENCE[confidence])} · {t(BASIS[basis])}
      </p>
      {0 < ids.length && (
        <section className={styles['evidence']} aria-label={t('audits.evidence')}>
          <h3>{t('audits.evidence')}</h3>
          {ids.map((claim) => (
            <ClaimCard key={claim} claim={claims[claim]!} />
          ))}
        </section>
      )}
    </li>
  );
}

function Say({ saying: { markets, finding } }: { saying: Saying }) {
  const t = useText();
  const marketName = useMarketName();
  return (
    <div className={styles['saying']}>
      <p className={styles['for']}>
        {markets.map((market) => (
          <span key={market} className={styles['tag']}>
            <bdi>{marketName(market)}</bdi>
          </span>
        ))}
      </p>
      <p lang="en" dir="auto">
        <strong>{finding.message}</strong>
      </p>
      <p lang="en" dir="auto">
        {finding.why}
      </p>
      {0 < finding.advice.length && (
        <ul aria-label={t('audits.advice')}>
          {finding.advice.map((advice) => (
            <li key={advice}>
              <bdi lang="en">{advice}</bdi>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
