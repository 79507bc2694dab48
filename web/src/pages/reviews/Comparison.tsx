import { useMemo } from 'react';
import { marketDirection } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { pairUp, type Field, type Pair } from './flatten';
import type { Review } from './review';
import styles from './item.module.css';
import { wordDifference, type Piece } from './words';

interface Island {
  lang: string;
  dir: 'ltr' | 'rtl';
}

const differs = ({ before, after }: Pair) => before?.text !== after?.text;

/** The proposal beside the generic text of the same market, field by field and word by word. */
export function Comparison({ review }: { review: Review }) {
  const t = useText();
  const { market } = review.subject;
  const island: Island = { lang: market, dir: marketDirection(market) };
  const compared = review.baseline !== null && review.baseline !== undefined;
  const pairs = useMemo(() => pairUp(review.baseline, review.content), [review.baseline, review.content]);
  return (
    <section aria-label={t('reviews.comparison')} className={styles['comparison']}>
      <p className="quiet small">
        {compared
          ? t('reviews.fields-differ', { count: pairs.filter(differs).length, fields: pairs.length })
          : t(review.generic ? 'reviews.is-baseline' : 'reviews.no-baseline')}
      </p>
      {pairs.map((pair) => (
        <div key={pair.path} data-field={pair.path}>
          <h3 className={styles['path']}>
            <bdi>{pair.path || t('reviews.text')}</bdi>
            {compared && !differs(pair) && <span className="quiet"> · {t('reviews.unchanged')}</span>}
          </h3>
          <div className={styles['sides']} data-two={compared || undefined}>
            {compared && <Side name={t('reviews.baseline')} field={pair.before} island={island} pieces={pieces(pair, market)} keep="removed" />}
            <Side name={t('reviews.proposal')} field={pair.after} island={island} pieces={compared ? pieces(pair, market) : null} keep="added" />
          </div>
        </div>
      ))}
    </section>
  );
}

const pieces = ({ before, after }: Pair, market: string): Piece[] =>
  wordDifference(before?.text ?? '', after?.text ?? '', market);

interface SideProps {
  name: string;
  field: Field | null;
  island: Island;
  pieces: Piece[] | null;
  keep: 'removed' | 'added';
}

function Side({ name, field, island, pieces, keep }: SideProps) {
  const t = useText();
  const plain = field?.plain ? { lang: 'zxx', dir: 'ltr' as const } : island;
  return (
    <div className={styles['side']} data-side={keep}>
      <span className={styles['side-name']}>{name}</span>
      {field === null ? (
        <p className="quiet small">{t('reviews.missing')}</p>
      ) : (
        <p className={styles['content']} {...plain}>
          {pieces === null ? field.text : pieces.filter(({ kind }) => kind === 'same' || kind === keep).map(show)}
        </p>
      )}
    </div>
  );
}

function show({ kind, text }: Piece, index: number) {
  if (kind === 'same') return <span key={index}>{text}</span>;
  return kind === 'removed' ? <del key={index}>{text}</del> : <ins key={index}>{text}</ins>;
}
