import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useRef, type FormEvent } from 'react';
import { isProblem, Problem } from '../../api/http';
import { logIn, sessionQuery } from '../../api/session';
import { useText, type Translate } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import { SchemeSwitch } from '../../shell/SchemeSwitch';
import { LanguageSwitch } from '../../shell/Settings';
import styles from './login.module.css';

function explain(error: Error, t: Translate): string {
  if (isProblem(error, 'bad-credentials')) return t('login.bad-credentials');
  if (!(error instanceof Problem) || error.status === 0) return t('words.unreachable');
  if (error.status !== 429) return error.detail;
  return error.retryAfter === null ? t('login.wait-some') : t('login.wait', { seconds: error.retryAfter });
}

export function LoginPage() {
  const t = useText();
  const router = useRouter();
  const client = useQueryClient();
  const { next } = useSearch({ from: '/login' });
  const password = useRef<HTMLInputElement>(null);
  useDocumentTitle(`${t('login.title')} · ${t('shell.product')}`);

  const enter = useMutation({
    mutationFn: (form: FormData) => logIn(String(form.get('name')), String(form.get('password'))),
    onSuccess: (session) => {
      client.setQueryData(sessionQuery.queryKey, session);
      router.history.replace(next ?? '/');
    },
    onError: () => password.current?.select(),
  });

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    enter.mutate(new FormData(event.currentTarget));
  };

  return (
    <main className={styles['page']}>
      <div className={`card ${styles['box']}`}>
        <p className={styles['brand']}>{t('shell.product')}</p>
        <Title order={1} size="h2">
          {t('login.title')}
        </Title>
        <Text c="dimmed" mt={4} mb="lg">
          {t('login.lead')}
        </Text>
        <form onSubmit={submit}>
          <Stack gap="md">
            {enter.error && (
              <Alert color="orange" variant="outline" icon={<Icon name="warn" />} role="alert">
                <span dir="auto">{explain(enter.error, t)}</span>
              </Alert>
            )}
            <TextInput name="name" label={t('login.name')} autoComplete="username" required withAsterisk={false} autoFocus />
            <PasswordInput
              ref={password}
              name="password"
              label={t('login.password')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
            />
            <Button type="submit" fullWidth loading={enter.isPending}>
              {t('login.submit')}
            </Button>
          </Stack>
        </form>
      </div>
      <div className={styles['settings']}>
        <LanguageSwitch />
        <SchemeSwitch />
      </div>
    </main>
  );
}
