import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMarketName } from '../../i18n/markets';
import { useNumbers } from '../../i18n/numbers';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import type { Decision } from './decision';
import styles from './decisions.module.css';

/** Why somebody saw what they saw: the sentence first, then reasons, then the facts behind them. */
export function Explanation({ decision }: { decision: Decision }) {
  const t = useText();
  const marketName = useMarketName();
  const { slot, market, variant, reasons, still_eligible: still } = decision;
  return (
    <article className={`card ${styles['answer']}`} data-testid="explanation">
      <Title order={2} size="h3">
        {t('decisions.got', {
          variant: variant ?? t('decisions.unknown-variant'),
          market: market ? marketName(market) : t('decisions.unknown-market'),
        })}
      </Title>
      <ul className={styles['reasons']} aria-label={t('decisions.reasons')}>
        {reasons.map((reason) => (
          <li key={reason}>
            <Icon name="go" flip />
            <span dir="auto">{reason}</span>
          </li>
        ))}
      </ul>
      <p className={styles['still']} data-still={still}>
        <Icon name={still ? 'check' : 'cross'} />
        {t(still ? 'decisions.still' : 'decisions.not-still')}
      </p>
      <Blocked blocked={decision.blocked} />
      <Facts decision={decision} slot={slot} />
    </article>
  );
}

function Blocked({ blocked }: Pick<Decision, 'blocked'>) {
  const t = useText();
  if (blocked.length === 0) return <p className="quiet small">{t('decisions.none-blocked')}</p>;
  return (
    <section aria-labelledby="blocked">
      <h3 id="blocked" className={styles['subhead']}>
        {t('decisions.blocked')}
      </h3>
      <ul className={styles['blocked']}>
        {blocked.map(({ variant, why }) => (
          <li key={variant}>
            <bdi>
              <strong>{variant}</strong>
            </bdi>{' '}
            <span className="quiet" dir="auto">
              {why}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ decision, slot }: { decision: Decision; slot: string | null }) {
  const t = useText();
  const numbers = useNumbers(1);
  const rows: [string, ReactNode][] = [
    [
      t('decisions.slot'),
      slot ? (
        <Link to="/slots/$key" params={{ key: slot }}>
          <bdi>{slot}</bdi>
        </Link>
      ) : (
        t('decisions.gone')
      ),
    ],
    [t('decisions.group'), t(decision.holdout ? 'decisions.held-out' : 'decisions.treated')],
    [t('decisions.propensity'), numbers.rate(decision.propensity)],
    [t('decisions.explored'), t(decision.explored ? 'decisions.explored-yes' : 'decisions.explored-no')],
    [
      t('decisions.approved-by'),
      decision.approved_by.length === 0 ? t('decisions.no-longer-live') : decision.approved_by.map((name) => <bdi key={name}>{name} </bdi>),
    ],
    [t('decisions.rendering'), numbers.count(decision.rendering)],
    [t('decisions.policy'), numbers.count(decision.policy_version)],
    [t('decisions.pack'), <bdi key="pack">{decision.pack_version}</bdi>],
  ];
  return (
    <dl className={styles['facts']}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
