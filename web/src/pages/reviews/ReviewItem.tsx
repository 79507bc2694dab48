import { SegmentedControl, Title } from '@mantine/core';
import { useState } from 'react';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { useAge } from '../../i18n/time';
import { Icon } from '../../shell/icons';
import { Comparison } from './Comparison';
import { DecisionPanel } from './DecisionPanel';
import { ORIGINS, SENSITIVITIES, STATES } from './labels';
import type { Outcome } from './Outcome';
import { Preview } from './Preview';
import type { Review } from './review';
import styles from './item.module.css';
import { Verdicts } from './Verdicts';

type View = 'difference' | 'preview';

export function ReviewItem({ review, onOutcome }: { review: Review; onOutcome: (outcome: Outcome) => void }) {
  const t = useText();
  const marketName = useMarketName();
  const age = useAge();
  const [view, setView] = useState<View>('difference');
  const { subject } = review;
  return (
    <article className={`card ${styles['item']}`} data-testid="item" data-id={review.id}>
      <header>
        <Title order={2} size="h3">
          {t('reviews.item-title', { variant: review.variant, market: marketName(subject.market) })}
        </Title>
        <p className="quiet small">
          {t('reviews.proposed', { author: subject.author, slot: review.slot, age: age(review.created_at) })}
          {' · '}
          {t(ORIGINS[subject.origin])} · {t(STATES[review.state])}
          {review.generic && <> · {t('words.generic')}</>}
        </p>
        {subject.sensitivity !== 'none' && (
          <p className={styles['sensitive']}>
            <Icon name="warn" />
            <span>
              <strong>{t(SENSITIVITIES[subject.sensitivity])}.</strong> {t('reviews.sensitive-note')}
            </span>
          </p>
        )}
      </header>
      <SegmentedControl
        className={styles['views']}
        size="sm"
        aria-label={t('reviews.view')}
        value={view}
        onChange={(value) => setView(value as View)}
        data={[
          { value: 'difference', label: t('reviews.view-difference') },
          { value: 'preview', label: t('reviews.view-preview') },
        ]}
      />
      {view === 'difference' ? <Comparison review={review} /> : <Preview review={review} />}
      <Verdicts review={review} />
      <DecisionPanel review={review} onOutcome={onOutcome} />
      <p className="quiet small">
        {t('reviews.digest')} <bdi className={styles['digest']}>{subject.digest}</bdi>
      </p>
    </article>
  );
}
