import { Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useText } from '../../i18n/text';
import { Empty, Failure, Loading } from '../../shell/Notices';
import { slotsQuery } from './queries';
import { SlotCard } from './SlotCard';
import styles from './slots.module.css';

const APPLY = 'milieu slot apply slots.toml';

export function SlotsPage() {
  const t = useText();
  const slots = useQuery(slotsQuery);
  useDocumentTitle(`${t('slots.title')} · ${t('shell.product')}`);
  return (
    <>
      <Title order={1} size="h2">
        {t('slots.title')}
      </Title>
      <Text c="dimmed" maw="42rem" mt={4} mb="lg">
        {t('slots.lead')}
      </Text>
      {slots.isPending && <Loading />}
      {slots.isError && <Failure error={slots.error} onRetry={() => void slots.refetch()} />}
      {slots.data?.items.length === 0 && (
        <Empty title={t('slots.empty')}>{t('slots.empty-next', { command: APPLY })}</Empty>
      )}
      {slots.data && slots.data.items.length > 0 && (
        <ul className={styles['list']}>
          {slots.data.items.map((slot) => (
            <SlotCard key={slot.key} slot={slot} />
          ))}
        </ul>
      )}
    </>
  );
}
