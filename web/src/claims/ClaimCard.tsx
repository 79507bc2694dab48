import { useText } from '../i18n/text';
import type { MessageId } from '../i18n/locales';
import { Icon, type IconName } from '../shell/icons';
import type { Claim, ClaimState, Evidence, Grade, Read } from './claim';
import styles from './claims.module.css';

const GRADES: Record<Grade, MessageId> = {
  A: 'claims.grade-a',
  B: 'claims.grade-b',
  C: 'claims.grade-c',
  D: 'claims.grade-d',
};

const STATES: Record<ClaimState, { id: MessageId; icon: IconName }> = {
  proposed: { id: 'claims.state-proposed', icon: 'ring' },
  approved: { id: 'claims.state-approved', icon: 'check' },
  contested: { id: 'claims.state-contested', icon: 'differ' },
  retired: { id: 'claims.state-retired', icon: 'cross' },
};

const READS: Record<Read, MessageId> = {
  text: 'claims.read-text',
  abstract: 'claims.read-abstract',
  secondary: 'claims.read-secondary',
  recalled: 'claims.read-recalled',
};

/** A statement with how sure it is, what speaks against it, and its sources. */
export function ClaimCard({ claim, open = false }: { claim: Claim; open?: boolean }) {
  const t = useText();
  const state = STATES[claim.state] ?? STATES.proposed;
  return (
    <article className={styles['claim']} data-claim={claim.id}>
      <p className={styles['statement']} lang="en" dir="auto">
        {claim.statement}
      </p>
      <p className={styles['sure']}>
        <span className={styles['grade']} data-grade={claim.grade}>
          {t(GRADES[claim.grade] ?? 'claims.grade-d')}
        </span>
        <span className={styles['state']}>
          <Icon name={state.icon} size={14} />
          {t(state.id)}
        </span>
      </p>
      {claim.counter && (
        <p className={styles['counter']}>
          <strong>{t('claims.counter')}</strong>{' '}
          <span lang="en" dir="auto">
            {claim.counter}
          </span>
        </p>
      )}
      <details open={open}>
        <summary>{t('claims.evidence', { count: claim.evidence.length })}</summary>
        <ul className={styles['sources']}>
          {claim.evidence.map((evidence) => (
            <Source key={`${evidence.title} ${evidence.locator}`} evidence={evidence} />
          ))}
        </ul>
        <p className="quiet small">
          <span lang="en" dir="auto">
            {claim.reason}
          </span>{' '}
          · <bdi className={styles['id']}>{claim.id}</bdi>
        </p>
      </details>
    </article>
  );
}

function Source({ evidence }: { evidence: Evidence }) {
  const t = useText();
  const against = evidence.direction === 'contradicts';
  return (
    <li data-direction={evidence.direction}>
      <span className={styles['source']}>
        <Icon name={against ? 'cross' : 'check'} size={14} />
        <span>
          <strong>
            <bdi>{evidence.title}</bdi>
          </strong>{' '}
          <span className="quiet">
            <bdi>{evidence.publisher}</bdi>, <bdi>{evidence.date}</bdi>
          </span>
        </span>
      </span>
      <span lang="en" dir="auto">
        {evidence.seen}
      </span>
      <span className="quiet">
        {t(against ? 'claims.against' : 'claims.for')} · {t(READS[evidence.read] ?? 'claims.read-recalled')} ·{' '}
        <bdi className={styles['id']}>{evidence.locator}</bdi>
      </span>
    </li>
  );
}
