import { marketDirection, useMarketName } from '../../i18n/markets';
import { useLocale } from '../../i18n/LocaleProvider';
import type { MessageId } from '../../i18n/locales';
import { useText } from '../../i18n/text';
import type { Review } from './review';
import styles from './preview.module.css';
import { lengthOf, previewOf, type Part, type PreviewField } from './preview';

const NOTES: Partial<Record<Part, MessageId>> = {
  picture: 'reviews.part-picture',
  address: 'reviews.part-address',
  code: 'reviews.part-code',
};

/**
 * The content as it would read, in its own language and direction. Always text:
 * markup is shown, never run, and no address is loaded.
 */
export function Preview({ review }: { review: Review }) {
  const t = useText();
  const marketName = useMarketName();
  const { market } = review.subject;
  const compared = review.baseline !== null && review.baseline !== undefined;
  return (
    <section aria-label={t('reviews.preview')} className={styles['preview']} data-testid="preview">
      <p className="quiet small">{t('reviews.preview-lead', { market: marketName(market) })}</p>
      <div className={styles['sheets']} data-two={compared || undefined}>
        {compared && <Sheet name={t('reviews.baseline')} content={review.baseline} market={market} />}
        <Sheet name={t('reviews.proposal')} content={review.content} market={market} />
      </div>
    </section>
  );
}

function Sheet({ name, content, market }: { name: string; content: unknown; market: string }) {
  const t = useText();
  const fields = previewOf(content);
  const letters = fields.filter(({ plain }) => !plain).reduce((sum, { text }) => sum + lengthOf(text ?? '', market), 0);
  return (
    <figure className={styles['sheet']}>
      <figcaption className={styles['caption']}>
        <span>{name}</span>
        <span>{t('reviews.letters', { letters })}</span>
      </figcaption>
      <div className={styles['paper']} lang={market} dir={marketDirection(market)}>
        {fields.map((field) => (
          <Shown key={field.path} field={field} />
        ))}
      </div>
    </figure>
  );
}

function Shown({ field: { part, text, plain } }: { field: PreviewField }) {
  const t = useText();
  const locale = useLocale();
  const own = { lang: locale.tag, dir: locale.dir };
  const note = NOTES[part];
  const raw = part === 'code' || part === 'address' || plain ? { lang: 'zxx', dir: 'ltr' as const } : {};
  return (
    <div className={styles['field']} data-part={part}>
      {note && (
        <span className={styles['note']} {...own}>
          {t(note)}
        </span>
      )}
      <span className={styles[part] ?? ''} {...raw}>
        {text}
      </span>
    </div>
  );
}
