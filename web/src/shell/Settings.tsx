import { Button, NativeSelect } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { logOut, sessionQuery, type Session } from '../api/session';
import { useLocale } from '../i18n/LocaleProvider';
import { uiLocales } from '../i18n/locales';
import { useText } from '../i18n/text';
import { Icon } from './icons';
import { Person } from './Person';
import { SchemeSwitch } from './SchemeSwitch';
import styles from './shell.module.css';

export function LanguageSwitch() {
  const t = useText();
  const locale = useLocale();
  return (
    <NativeSelect
      label={t('shell.language')}
      size="sm"
      value={locale.tag}
      onChange={(event) => locale.choose(event.currentTarget.value)}
      data={uiLocales.map(({ tag, name }) => ({ value: tag, label: name }))}
    />
  );
}

export function Settings({ session }: { session: Session }) {
  const t = useText();
  const router = useRouter();
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: logOut,
    onSuccess: async () => {
      // The next person on this machine must not see what this one could.
      await router.navigate({ to: '/login' });
      client.clear();
      client.setQueryData(sessionQuery.queryKey, null);
    },
  });
  return (
    <section aria-label={t('shell.settings')} className={styles['settings']}>
      <LanguageSwitch />
      <SchemeSwitch />
      <Person user={session.user} />
      <Button
        variant="default"
        size="sm"
        leftSection={<Icon name="leave" flip />}
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        {t('shell.log-out')}
      </Button>
    </section>
  );
}
