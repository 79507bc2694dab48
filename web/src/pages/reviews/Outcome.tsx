import { Alert } from '@mantine/core';
import type { Problem } from '../../api/http';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import type { VerdictWord } from './review';

export type Outcome =
  | { kind: 'done'; verdict: VerdictWord; needed: number }
  | { kind: 'refused'; id: MessageId }
  | { kind: 'other'; detail: string };

const REFUSALS: Record<string, MessageId> = {
  'digest-changed': 'reviews.digest-changed',
  'already-decided': 'reviews.already-decided',
  'own-work': 'reviews.own-work',
  'not-your-market': 'reviews.not-your-market',
  'person-required': 'reviews.person-required',
  unreachable: 'words.unreachable',
};

export function outcomeOf(problem: Problem): Outcome {
  const id = REFUSALS[problem.code];
  return id ? { kind: 'refused', id } : { kind: 'other', detail: problem.detail };
}

const DONE: Record<VerdictWord, MessageId> = {
  approve: 'reviews.done-approve',
  reject: 'reviews.done-reject',
  revoke: 'reviews.done-revoke',
};

/** The region stays on the page while it is empty: only so do screen readers hear what enters it. */
export function OutcomeNote({ outcome }: { outcome: Outcome | null }) {
  return (
    <div role="status" aria-live="polite" data-testid="outcome">
      {outcome && <Note outcome={outcome} />}
    </div>
  );
}

function Note({ outcome }: { outcome: Outcome }) {
  const t = useText();
  const done = outcome.kind === 'done';
  const words = () => {
    if (outcome.kind === 'done') return t(DONE[outcome.verdict], { needed: outcome.needed });
    return outcome.kind === 'refused' ? t(outcome.id) : outcome.detail;
  };
  return (
    <Alert variant="outline" color={done ? 'sea' : 'orange'} icon={<Icon name={done ? 'check' : 'warn'} />} mb="md" role="presentation">
      <span dir="auto">{words()}</span>
    </Alert>
  );
}
