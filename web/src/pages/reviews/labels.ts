import type { MessageId } from '../../i18n/locales';
import type { IconName } from '../../shell/icons';
import type { Origin, ReviewState, Sensitivity, VerdictWord } from './review';

export const ORIGINS: Record<Origin, MessageId> = {
  human: 'reviews.origin-human',
  machine: 'reviews.origin-machine',
  import: 'reviews.origin-import',
};

export const SENSITIVITIES: Record<Sensitivity, MessageId> = {
  none: 'reviews.sensitivity-none',
  cultural: 'reviews.sensitivity-cultural',
  religious: 'reviews.sensitivity-religious',
  political: 'reviews.sensitivity-political',
  mourning: 'reviews.sensitivity-mourning',
};

export const STATES: Record<ReviewState, MessageId> = {
  waiting: 'reviews.state-waiting',
  approved: 'reviews.state-approved',
  rejected: 'reviews.state-rejected',
  superseded: 'reviews.state-superseded',
  revoked: 'reviews.state-revoked',
};

export const VERDICTS: Record<VerdictWord, { id: MessageId; icon: IconName }> = {
  approve: { id: 'reviews.did-approve', icon: 'check' },
  reject: { id: 'reviews.did-reject', icon: 'cross' },
  revoke: { id: 'reviews.did-revoke', icon: 'cross' },
};
