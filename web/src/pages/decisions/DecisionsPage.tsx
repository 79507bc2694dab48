import { Button, Text, Textarea, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useRef, type FormEvent } from 'react';
import { Problem } from '../../api/http';
import { useText } from '../../i18n/text';
import { Empty, Failure, Loading } from '../../shell/Notices';
import { tokenIn } from './decision';
import styles from './decisions.module.css';
import { Explanation } from './Explanation';
import { decisionQuery } from './queries';

export function DecisionsPage() {
  const t = useText();
  const { token } = useSearch({ from: '/inside/decisions' });
  useDocumentTitle(`${t('decisions.title')} · ${t('shell.product')}`);
  return (
    <>
      <Title order={1} size="h2">
        {t('decisions.title')}
      </Title>
      <Text c="dimmed" maw="42rem" mt={4} mb="lg">
        {t('decisions.lead')}
      </Text>
      <TokenForm key={token ?? ''} token={token ?? ''} />
      <div aria-live="polite">{token ? <Answer token={token} /> : <Where />}</div>
    </>
  );
}

function TokenForm({ token }: { token: string }) {
  const t = useText();
  const navigate = useNavigate({ from: '/decisions' });
  const field = useRef<HTMLTextAreaElement>(null);
  const ask = (pasted: string) => {
    const wanted = tokenIn(pasted);
    if (wanted === '') field.current?.focus();
    else void navigate({ search: { token: wanted } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask(field.current?.value ?? '');
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <Textarea
        ref={field}
        className={styles['field']}
        label={t('decisions.token')}
        description={t('decisions.token-hint')}
        rows={2}
        defaultValue={token}
        spellCheck={false}
        autoCapitalize="off"
        dir="ltr"
        styles={{ input: { fontFamily: 'ui-monospace, monospace', fontSize: '0.875rem' }, label: { direction: 'inherit' } }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          ask(event.currentTarget.value);
        }}
      />
      <Button type="submit">{t('decisions.explain')}</Button>
    </form>
  );
}

function Answer({ token }: { token: string }) {
  const t = useText();
  const decision = useQuery(decisionQuery(token));
  if (decision.isPending) return <Loading />;
  if (decision.data) return <Explanation decision={decision.data} />;
  const unknown = decision.error instanceof Problem && 400 <= decision.error.status && decision.error.status < 500;
  if (!unknown) return <Failure error={decision.error} onRetry={() => void decision.refetch()} />;
  return (
    <Empty title={t('decisions.unknown')}>
      <p dir="auto" className="small">
        {decision.error.message}
      </p>
      <p>{t('decisions.unknown-next')}</p>
    </Empty>
  );
}

const FIELD = 'decisionId';

function Where() {
  const t = useText();
  return <Empty title={t('decisions.empty')}>{t('decisions.empty-next', { field: FIELD })}</Empty>;
}
