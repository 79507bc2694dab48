import { Button, Textarea, TextInput, Title, Text } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { Problem } from '../../api/http';
import { sessionQuery } from '../../api/session';
import { useText } from '../../i18n/text';
import type { MessageId } from '../../i18n/locales';
import { Icon } from '../../shell/icons';
import styles from './audits.module.css';
import { FilePicker } from './FilePicker';
import { MarketPicker } from './MarketPicker';
import { datesOf, orderFile, refusalOf, type Chosen, type Order } from './order';
import { useAudit } from './queries';

/** Words that were typed become a file of their own. */
const PASTED = 'text.md';

interface Draft {
  name: string;
  text: string;
  files: Chosen[];
  markets: string[];
  locale: string;
  first: string;
  last: string;
}

type Mistake = { field: 'content' | 'markets' | 'dates'; id: MessageId; values?: Record<string, number> };

const chosenOf = ({ text, files }: Draft): Chosen[] =>
  text.trim() === '' ? files : [{ path: PASTED, bytes: new TextEncoder().encode(text) }, ...files.filter(({ path }) => path !== PASTED)];

function mistakeOf(draft: Draft): Mistake | null {
  const chosen = chosenOf(draft);
  if (chosen.length === 0) return { field: 'content', id: 'audits.no-content' };
  const refusal = refusalOf(chosen);
  if (refusal?.kind === 'too-many') return { field: 'content', id: 'audits.too-many', values: { most: refusal.most } };
  if (refusal) return { field: 'content', id: 'audits.too-large', values: { megabytes: refusal.megabytes, most: refusal.most } };
  // A campaign.toml may name its markets itself.
  if (draft.markets.length === 0 && !chosen.some(({ path }) => path.endsWith('campaign.toml'))) return { field: 'markets', id: 'audits.no-market' };
  const dates = datesOf(draft.first, draft.last);
  if (dates === 'half') return { field: 'dates', id: 'audits.half-dates' };
  return dates === 'reversed' ? { field: 'dates', id: 'audits.reversed-dates' } : null;
}

function orderOf(draft: Draft): Order {
  const dates = datesOf(draft.first, draft.last);
  return {
    ...(draft.name.trim() ? { name: draft.name.trim() } : {}),
    files: chosenOf(draft).map(orderFile),
    markets: draft.markets,
    ...(draft.locale.trim() ? { locale: draft.locale.trim() } : {}),
    ...(dates && typeof dates === 'object' ? { dates } : {}),
  };
}

export function NewAuditPage() {
  const t = useText();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const navigate = useNavigate();
  const audit = useAudit();
  const [draft, setDraft] = useState<Draft>({ name: '', text: '', files: [], markets: session?.workspace.markets ?? [], locale: '', first: '', last: '' });
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const mistake = mistakeOf(draft);
  const said = (field: Mistake['field']) => (tried && mistake?.field === field ? t(mistake.id, mistake.values) : null);
  useDocumentTitle(`${t('audits.new')} · ${t('shell.product')}`);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (mistake) {
      document.getElementById(`audit-${mistake.field}`)?.focus();
      return;
    }
    audit.mutate(orderOf(draft), { onSuccess: ({ id }) => void navigate({ to: '/audits/$id', params: { id } }) });
  };

  return (
    <>
      <p className={styles['crumb']}>
        <Link to="/audits">{t('audits.title')}</Link>
      </p>
      <Title order={1} size="h2">
        {t('audits.new')}
      </Title>
      <Text c="dimmed" maw="42rem" mt={4} mb="lg">
        {t('audits.new-lead')}
      </Text>
      <form onSubmit={submit} className={styles['form']} noValidate>
        <div className={`card ${styles['fields']}`}>
          <Textarea
            id="audit-content"
            label={t('audits.text')}
            description={t('audits.text-hint')}
            rows={8}
            value={draft.text}
            error={said('content')}
            dir="auto"
            onChange={(event) => set({ text: event.currentTarget.value })}
          />
          <FilePicker files={draft.files} onFiles={(files) => set({ files })} />
          <TextInput
            label={t('audits.name')}
            description={t('audits.name-hint')}
            maxLength={200}
            value={draft.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
        </div>
        <div className={`card ${styles['fields']}`}>
          <MarketPicker
            id="audit-markets"
            configured={session?.workspace.markets ?? []}
            chosen={draft.markets}
            error={said('markets')}
            onChosen={(markets) => set({ markets })}
          />
          <TextInput
            label={t('audits.locale')}
            description={t('audits.locale-hint')}
            placeholder={LOCALE}
            value={draft.locale}
            onChange={(event) => set({ locale: event.currentTarget.value })}
          />
          <fieldset className={styles['dates']}>
            <legend>{t('audits.dates')}</legend>
            <p className="quiet small">{t('audits.dates-hint')}</p>
            <div>
              <TextInput id="audit-dates" type="date" label={t('audits.first')} value={draft.first} onChange={(event) => set({ first: event.currentTarget.value })} />
              <TextInput type="date" label={t('audits.last')} value={draft.last} error={said('dates')} onChange={(event) => set({ last: event.currentTarget.value })} />
            </div>
          </fieldset>
        </div>
        <div className={styles['submit']}>
          <Button type="submit" loading={audit.isPending}>
            {t('audits.run')}
          </Button>
          {audit.error && (
            <p className={styles['problem']} role="alert">
              <Icon name="warn" />
              <span dir="auto">{audit.error instanceof Problem && audit.error.status !== 0 ? audit.error.detail : t('words.unreachable')}</span>
            </p>
          )}
        </div>
      </form>
    </>
  );
}

const LOCALE = 'en-US';
