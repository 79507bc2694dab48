import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useText } from '../../i18n/text';
import { Failure, Loading } from '../../shell/Notices';
import { EmptyQueue } from './EmptyQueue';
import { Filters } from './Filters';
import { type Outcome, OutcomeNote } from './Outcome';
import { queueQuery } from './queries';
import { QueueList } from './QueueList';
import type { Review } from './review';
import { ReviewItem } from './ReviewItem';
import styles from './reviews.module.css';
import { Shortcuts } from './Shortcuts';
import { useShortcuts } from './useShortcuts';

export function ReviewsPage() {
  const t = useText();
  const search = useSearch({ from: '/inside/reviews' });
  const navigate = useNavigate({ from: '/reviews' });
  const queue = useQuery(queueQuery(search.state ?? 'waiting', search.market));
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const page = useRef<HTMLDivElement>(null);
  const lastPlace = useRef(0);
  useDocumentTitle(`${t('reviews.title')} · ${t('shell.product')}`);

  const items = queue.data?.items ?? [];
  const found = items.findIndex((item) => item.id === search.id);
  // When the open item has left the queue, the one that took its place is next.
  const place = 0 <= found ? found : Math.min(search.id ? lastPlace.current : 0, items.length - 1);
  lastPlace.current = Math.max(0, place);
  const open: Review | undefined = items[place];

  const go = (to: number) => {
    const next = items[to];
    if (!next) return;
    setOutcome(null);
    void navigate({ search: (before) => ({ ...before, id: next.id }), replace: true });
  };
  const shortcuts = useShortcuts(page, { next: () => go(place + 1), previous: () => go(place - 1) });

  return (
    <div ref={page}>
      <div className={styles['head']}>
        <div>
          <Title order={1} size="h2">
            {t('reviews.title')}
          </Title>
          <Text c="dimmed" maw="42rem" mt={4}>
            {t('reviews.lead')}
          </Text>
        </div>
        <Shortcuts on={shortcuts.on} onToggle={shortcuts.toggle} />
      </div>
      <Filters search={search} count={queue.data ? items.length : null} more={Boolean(queue.data?.next_cursor)} />
      <OutcomeNote outcome={outcome} />
      {queue.isPending && <Loading />}
      {queue.isError && <Failure error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.data && items.length === 0 && <EmptyQueue search={search} />}
      {open && (
        <div className={styles['columns']}>
          <QueueList items={items} openId={open.id} />
          <ReviewItem key={open.id} review={open} onOutcome={setOutcome} />
        </div>
      )}
    </div>
  );
}
