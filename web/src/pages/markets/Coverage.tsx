import { useNumbers } from '../../i18n/numbers';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import type { Market } from './market';
import styles from './markets.module.css';

const READS: [string, MessageId][] = [
  ['text', 'markets.by-text'],
  ['abstract', 'markets.by-abstract'],
  ['secondary', 'markets.by-secondary'],
  ['recalled', 'markets.by-recalled'],
];

const STATES: [string, MessageId][] = [
  ['approved', 'markets.by-approved'],
  ['proposed', 'markets.by-proposed'],
  ['contested', 'markets.by-contested'],
  ['retired', 'markets.by-retired'],
];

/** How much is known and how well it was checked, so that nobody takes silence for safety. */
export function Coverage({ market: { coverage } }: { market: Market }) {
  const t = useText();
  return (
    <section className={`card ${styles['facts']}`} aria-labelledby="coverage" data-testid="coverage">
      <h2 id="coverage">{t('markets.coverage', { count: coverage.claims })}</h2>
      <Bars title={t('markets.by-read')} all={coverage.claims} counts={coverage.by_read} names={READS} />
      <Bars title={t('markets.by-state')} all={coverage.claims} counts={coverage.by_state} names={STATES} />
    </section>
  );
}

function Bars({ title, all, counts, names }: { title: string; all: number; counts: Record<string, number>; names: [string, MessageId][] }) {
  const t = useText();
  const numbers = useNumbers(0);
  return (
    <>
      <h3>{title}</h3>
      <dl className={styles['bars']}>
        {names.map(([key, id]) => (
          <div key={key}>
            <dt>{t(id)}</dt>
            <dd>
              <span className={styles['bar']} aria-hidden="true">
                <span style={{ inlineSize: `${all === 0 ? 0 : ((counts[key] ?? 0) / all) * 100}%` }} />
              </span>
              <span className="figures">{numbers.count(counts[key] ?? 0)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
