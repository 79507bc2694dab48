import { Button, Kbd, Textarea } from '@mantine/core';
import { useRef, useState } from 'react';
import { Problem } from '../../api/http';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import { outcomeOf, type Outcome } from './Outcome';
import { useVerdict } from './queries';
import type { Review, VerdictWord } from './review';
import styles from './item.module.css';

const KEYS = { approve: 'a', reject: 'r' };

/** Approving needs no words; refusing does, so that the author can mend it. */
export function DecisionPanel({ review, onOutcome }: { review: Review; onOutcome: (outcome: Outcome) => void }) {
  const t = useText();
  const say = useVerdict();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);

  if (!review.can_decide)
    return (
      <p className={styles['why-not']} data-testid="why-not">
        <Icon name="info" />
        <span>
          <strong>{t('reviews.cannot')}</strong> <span dir="auto">{review.why_not ?? t('reviews.cannot-closed')}</span>
        </span>
      </p>
    );

  const decide = (verdict: VerdictWord) => {
    if (verdict !== 'approve' && reason.trim() === '') {
      setMissing(true);
      field.current?.focus();
      return;
    }
    say.mutate(
      { review, verdict, reason },
      {
        onSuccess: (after) => onOutcome({ kind: 'done', verdict, needed: after.state === 'waiting' ? after.needed : 0 }),
        onError: (error) => onOutcome(outcomeOf(error instanceof Problem ? error : new Problem(0, 'unreachable', ''))),
      },
    );
  };

  const waiting = review.state === 'waiting';
  return (
    <section aria-label={t('reviews.your-verdict')} className={styles['decide']}>
      <Textarea
        ref={field}
        label={t(waiting ? 'reviews.reason' : 'reviews.reason-revoke')}
        description={t(waiting ? 'reviews.reason-hint' : 'reviews.reason-revoke-hint')}
        autosize={false}
        rows={2}
        value={reason}
        error={missing && reason.trim() === '' ? t('reviews.reason-missing') : null}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
      />
      <div className={styles['buttons']}>
        {waiting ? (
          <>
            <Button
              data-shortcut={KEYS.approve}
              // One stray key must not publish what may hurt: here it only moves to the button.
              data-careful={review.subject.sensitivity !== 'none' || undefined}
              leftSection={<Icon name="check" />}
              rightSection={<Kbd aria-hidden="true">{KEYS.approve}</Kbd>}
              loading={say.isPending}
              onClick={() => decide('approve')}
            >
              {t('reviews.approve')}
            </Button>
            <Button
              data-shortcut={KEYS.reject}
              variant="default"
              leftSection={<Icon name="cross" />}
              rightSection={<Kbd aria-hidden="true">{KEYS.reject}</Kbd>}
              disabled={say.isPending}
              onClick={() => decide('reject')}
            >
              {t('reviews.reject')}
            </Button>
          </>
        ) : (
          <Button variant="default" leftSection={<Icon name="cross" />} loading={say.isPending} onClick={() => decide('revoke')}>
            {t('reviews.revoke')}
          </Button>
        )}
      </div>
    </section>
  );
}
