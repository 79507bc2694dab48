import { Link } from '@tanstack/react-router';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { Empty } from '../../shell/Notices';
import type { QueueSearch } from './search';

/** Three kinds of nothing, each with its own next step. */
export function EmptyQueue({ search: { state, market } }: { search: QueueSearch }) {
  const t = useText();
  const marketName = useMarketName();
  if (market)
    return (
      <Empty title={t('reviews.empty-market', { market: marketName(market) })}>
        <Link to="/reviews" search={state ? { state } : {}}>
          {t('reviews.empty-market-next')}
        </Link>
      </Empty>
    );
  if (state === 'decided')
    return (
      <Empty title={t('reviews.empty-decided')}>
        <Link to="/reviews">{t('reviews.empty-decided-next')}</Link>
      </Empty>
    );
  return (
    <Empty title={t('reviews.empty')}>
      {t('reviews.empty-next')} <Link to="/slots">{t('shell.to-slots')}</Link>
    </Empty>
  );
}
