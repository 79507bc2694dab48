import type { Tone } from '../../charts/marks';
import type { MessageId } from '../../i18n/locales';
import { useText, type Translate } from '../../i18n/text';
import { Icon, type IconName } from '../../shell/icons';
import type { Verdict } from './report';
import styles from './results.module.css';

const SHOWN: Record<Verdict, { id: MessageId; icon: IconName; tone: Tone }> = {
  'adapted-better': { id: 'results.adapted-better', icon: 'up', tone: 'better' },
  'adapted-worse': { id: 'results.adapted-worse', icon: 'down', tone: 'worse' },
  'no-difference-seen': { id: 'results.no-difference-seen', icon: 'same', tone: 'same' },
  'too-early': { id: 'results.too-early', icon: 'wait', tone: 'early' },
};

/** No verdict means that nobody could judge yet. */
const shownAs = (verdict: Verdict | null) => SHOWN[verdict ?? 'too-early'];

export const toneOf = (verdict: Verdict | null): Tone => shownAs(verdict).tone;

export const verdictWords = (verdict: Verdict | null, t: Translate): string => t(shownAs(verdict).id);

export function VerdictLabel({ verdict }: { verdict: Verdict | null }) {
  const t = useText();
  const { icon, tone } = shownAs(verdict);
  return (
    <span className={styles['verdict']} data-tone={tone}>
      <Icon name={icon} size={14} />
      {verdictWords(verdict, t)}
    </span>
  );
}
