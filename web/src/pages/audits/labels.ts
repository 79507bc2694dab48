import type { MessageId } from '../../i18n/locales';
import type { IconName } from '../../shell/icons';
import type { Finding, Severity } from './audit';

export const SEVERITY: Record<Severity, { id: MessageId; icon: IconName }> = {
  error: { id: 'audits.error', icon: 'diamond' },
  warning: { id: 'audits.warning', icon: 'warn' },
  info: { id: 'audits.info', icon: 'info' },
};

export const CONFIDENCE: Record<Finding['confidence'], MessageId> = {
  certain: 'audits.certain',
  likely: 'audits.likely',
  possible: 'audits.possible',
};

export const BASIS: Record<Finding['basis'], MessageId> = {
  law: 'audits.basis-law',
  standard: 'audits.basis-standard',
  practice: 'audits.basis-practice',
  research: 'audits.basis-research',
  folklore: 'audits.basis-folklore',
};
