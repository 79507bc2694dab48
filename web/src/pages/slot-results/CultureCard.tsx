import { Title } from '@mantine/core';
import { useMarketName } from '../../i18n/markets';
import type { MessageId } from '../../i18n/locales';
import type { Numbers } from '../../i18n/numbers';
import { useText } from '../../i18n/text';
import { Icon, type IconName } from '../../shell/icons';
import type { Culture } from './report';
import styles from './results.module.css';

const SHOWN: Record<Culture['verdict'], { id: MessageId; icon: IconName }> = {
  mattered: { id: 'results.culture-mattered', icon: 'differ' },
  'did-not-matter': { id: 'results.culture-not', icon: 'same' },
  'too-early': { id: 'results.culture-early', icon: 'wait' },
};

/** Whether markets need answers of their own here; "no" is an answer too. */
export function CultureCard({ culture, numbers }: { culture: Culture; numbers: Numbers }) {
  const t = useText();
  const marketName = useMarketName();
  const { id, icon } = SHOWN[culture.verdict] ?? SHOWN['too-early'];
  return (
    <section className={`card ${styles['culture']}`} data-testid="culture" data-verdict={culture.verdict}>
      <Title order={2} size="h4" className={styles['culture-head']}>
        <Icon name={icon} size={18} />
        {t(id)}
      </Title>
      <p className="quiet" dir="auto">
        {culture.reason}
      </p>
      {culture.disagreeing.length > 0 && (
        <ul aria-label={t('results.disagreeing')}>
          {culture.disagreeing.map(({ market, estimate, interval, reason }) => (
            <li key={market}>
              <strong>
                <bdi>{marketName(market)}</bdi>
              </strong>{' '}
              {estimate !== null && interval && (
                <span className="figures">
                  {t('results.disagrees', {
                    difference: numbers.points(estimate),
                    low: numbers.points(interval.low),
                    high: numbers.points(interval.high),
                  })}
                </span>
              )}{' '}
              <span className="quiet small" dir="auto">
                {reason}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
