import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isProblem, Problem } from '../api/http';
import { useText } from '../i18n/text';
import { Icon } from './icons';

export function Loading() {
  const t = useText();
  return (
    <Stack gap="md" role="status" aria-label={t('words.loading')}>
      <Skeleton height={32} width="40%" />
      <Skeleton height={20} width="80%" />
      <Skeleton height={280} />
    </Stack>
  );
}

export function Failure({ error, onRetry }: { error: unknown; onRetry?: (() => void) | undefined }) {
  const t = useText();
  const detail = error instanceof Problem && error.detail !== '' ? error.detail : t('words.unreachable');
  return (
    <Alert color="orange" icon={<Icon name="warn" />} title={t('words.failed')} role="alert" variant="outline">
      <Stack gap="sm" align="flex-start">
        <span dir="auto">{detail}</span>
        {onRetry && (
          <Button size="xs" variant="default" onClick={onRetry}>
            {t('words.try-again')}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

export function PageError({ error, reset }: { error: unknown; reset?: () => void }) {
  const router = useRouter();
  // A page whose code did not arrive can only be asked for anew with the whole document.
  const retry = () => (isProblem(error, 'page-missing') ? location.reload() : (reset?.(), void router.invalidate()));
  return <Failure error={error} onRetry={retry} />;
}

/** An empty place always names the next step. */
export function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="card" style={{ textAlign: 'center', paddingBlock: '2.5rem' }}>
      <Title order={2} size="h4" mb="xs">
        {title}
      </Title>
      <Text component="div" c="dimmed" maw="36rem" mx="auto">
        {children}
      </Text>
    </div>
  );
}

export function NotFound() {
  const t = useText();
  return (
    <main style={{ padding: '2rem' }}>
      <Title order={1} size="h3" mb="sm">
        {t('shell.not-found')}
      </Title>
      <Link to="/">{t('shell.to-overview')}</Link>
    </main>
  );
}
