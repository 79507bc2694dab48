import { Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useRef } from 'react';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import type { Step, StepKey } from './overview';
import styles from './overview.module.css';

interface Words {
  title: MessageId;
  why: MessageId;
  /** What to type, where the step is not done on a page. */
  command?: string;
}

const STEPS: Record<StepKey, Words> = {
  markets: {
    title: 'overview.step-markets',
    why: 'overview.step-markets-why',
    command: 'milieu workspace set --markets ja-JP,de-DE',
  },
  people: { title: 'overview.step-people', why: 'overview.step-people-why', command: 'milieu user add haruka --role reviewer:ja-JP' },
  slots: { title: 'overview.step-slots', why: 'overview.step-slots-why', command: 'milieu slot apply slots.toml' },
  approval: { title: 'overview.step-approval', why: 'overview.step-approval-why' },
  key: { title: 'overview.step-key', why: 'overview.step-key-why', command: 'milieu key make server --label site' },
  events: { title: 'overview.step-events', why: 'overview.step-events-why', command: 'milieu key make write --label site' },
};

/** From an empty workspace to a first market, one step at a time. */
export function FirstMarket({ steps, next }: { steps: Step[]; next: StepKey }) {
  const t = useText();
  const done = steps.filter((step) => step.done).length;
  return (
    <section className={`card ${styles['first']}`} aria-labelledby="first" data-testid="steps">
      <Title order={2} size="h4" id="first">
        {t('overview.first')}
      </Title>
      <p className="quiet small">{t('overview.first-lead', { done, steps: steps.length })}</p>
      <ol className={styles['steps']}>
        {steps.map((step) => (
          <OneStep key={step.key} step={step} current={step.key === next} />
        ))}
      </ol>
    </section>
  );
}

function OneStep({ step: { key, done }, current }: { step: Step; current: boolean }) {
  const t = useText();
  const words = STEPS[key];
  if (!words) return null;
  return (
    <li data-step={key} data-done={done || undefined} aria-current={current ? 'step' : undefined}>
      <span className={styles['mark']}>
        <Icon name={done ? 'check' : current ? 'go' : 'ring'} size={18} flip={current} />
      </span>
      <div className={styles['step']}>
        <strong>{t(words.title)}</strong> <span className="quiet small">{t(done ? 'overview.step-done' : current ? 'overview.step-next' : 'overview.step-later')}</span>
        {current && (
          <>
            <p className="quiet">{t(words.why)}</p>
            {words.command && <Command command={words.command} />}
            {key === 'approval' && (
              <p>
                <Link to="/reviews">{t('shell.reviews')}</Link>
              </p>
            )}
          </>
        )}
      </div>
    </li>
  );
}

/** Selected as a whole with one click, because it is meant to be copied. */
function Command({ command }: { command: string }) {
  const code = useRef<HTMLElement>(null);
  return (
    <code ref={code} className={styles['command']} dir="ltr" onClick={() => code.current && getSelection()?.selectAllChildren(code.current)}>
      {command}
    </code>
  );
}
