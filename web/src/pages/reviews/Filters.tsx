import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { sessionQuery } from '../../api/session';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import styles from './reviews.module.css';
import type { QueueSearch } from './search';

export function Filters({ search, count, more }: { search: QueueSearch; count: number | null; more: boolean }) {
  const t = useText();
  const marketName = useMarketName();
  const navigate = useNavigate({ from: '/reviews' });
  const { data: session } = useSuspenseQuery(sessionQuery);
  const markets = session?.workspace.markets ?? [];
  const { state, market } = search;
  return (
    <div className={styles['filters']}>
      <SegmentedControl
        aria-label={t('reviews.filter-state')}
        value={state ?? 'waiting'}
        onChange={(value) =>
          void navigate({ search: { ...(value === 'decided' ? { state: 'decided' } : {}), ...(market ? { market } : {}) } })
        }
        data={[
          { value: 'waiting', label: t('reviews.waiting') },
          { value: 'decided', label: t('reviews.decided') },
        ]}
      />
      <NativeSelect
        aria-label={t('reviews.filter-market')}
        value={market ?? ''}
        onChange={({ currentTarget: { value } }) =>
          void navigate({ search: { ...(state ? { state } : {}), ...(value ? { market: value } : {}) } })
        }
        data={[{ value: '', label: t('words.all-markets') }, ...markets.map((id) => ({ value: id, label: marketName(id) }))]}
      />
      {count !== null && (
        <span className="quiet small" data-testid="count">
          {t(more ? 'reviews.count-more' : 'reviews.count', { count })}
        </span>
      )}
    </div>
  );
}
