import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMarketName } from '../../i18n/markets';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import { Icon, type IconName } from '../../shell/icons';
import type { Need } from './overview';
import styles from './overview.module.css';

const SHOWN: Record<Need['kind'], { id: MessageId; icon: IconName }> = {
  review: { id: 'overview.need-review', icon: 'reviews' },
  finding: { id: 'overview.need-finding', icon: 'audits' },
  worse: { id: 'overview.need-worse', icon: 'down' },
  quiet: { id: 'overview.need-quiet', icon: 'quiet' },
  expired: { id: 'overview.need-expired', icon: 'wait' },
};

/** What waits for a person, the most urgent first as the server orders it. */
export function NeedList({ needs }: { needs: Need[] }) {
  const t = useText();
  return (
    <section className={`card ${styles['needs']}`} aria-labelledby="needs" data-testid="needs">
      <Title order={2} size="h4" id="needs">
        {t('overview.needs')}
      </Title>
      {needs.length === 0 ? (
        <p className="quiet small">
          {t('overview.no-needs')} <Link to="/audits/new">{t('overview.no-needs-next')}</Link>
        </p>
      ) : (
        <ul className={styles['need-list']}>
          {needs.map((need) => (
            <OneNeed key={`${need.kind} ${need.market} ${need.slot} ${need.audit}`} need={need} />
          ))}
        </ul>
      )}
    </section>
  );
}

function OneNeed({ need }: { need: Need }) {
  const t = useText();
  const marketName = useMarketName();
  const words = SHOWN[need.kind];
  if (!words) return null;
  const market = need.market ? marketName(need.market) : t('words.all-markets');
  return (
    <li data-need={need.kind}>
      <Icon name={words.icon} size={18} />
      <span>
        <Way need={need}>{t(words.id, { count: need.count, slot: need.slot ?? '', slotIs: need.slot ? 'one' : 'some' })}</Way>
        <span className="quiet small"> {market}</span>
      </span>
    </li>
  );
}

/** Leads to the place where the need can be met. */
function Way({ need: { kind, market, slot, audit }, children }: { need: Need; children: ReactNode }) {
  if (kind === 'review')
    return (
      <Link to="/reviews" search={market ? { market } : {}}>
        {children}
      </Link>
    );
  if (kind === 'finding')
    return audit ? (
      <Link to="/audits/$id" params={{ id: audit }} search={market ? { market } : {}}>
        {children}
      </Link>
    ) : (
      <Link to="/audits">{children}</Link>
    );
  if (kind === 'worse')
    return slot ? (
      <Link to="/slots/$key" params={{ key: slot }}>
        {children}
      </Link>
    ) : (
      <Link to="/slots">{children}</Link>
    );
  return market ? (
    <Link to="/markets/$id" params={{ id: market }}>
      {children}
    </Link>
  ) : (
    <Link to="/markets">{children}</Link>
  );
}
