import { Button, NativeSelect, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useIntl } from 'react-intl';
import { Problem } from '../../api/http';
import { downloadCsv, downloadJson } from '../../files/download';
import { useMarketName } from '../../i18n/markets';
import { useText } from '../../i18n/text';
import { Icon } from '../../shell/icons';
import { Empty, Failure, Loading } from '../../shell/Notices';
import { SEVERITIES, type Audit, type Severity } from './audit';
import styles from './audits.module.css';
import { FileText } from './FileText';
import { FindingCard } from './FindingCard';
import { findingsCsv } from './findings';
import { groupsOf } from './groups';
import { SEVERITY } from './labels';
import { auditQuery } from './queries';
import { Rest } from './Rest';

export function AuditPage() {
  const t = useText();
  const { id } = useParams({ from: '/inside/audits/$id' });
  const audit = useQuery(auditQuery(id));
  useDocumentTitle(`${audit.data?.name ?? t('audits.title')} · ${t('shell.product')}`);
  const unknown = audit.error instanceof Problem && audit.error.status === 404;
  return (
    <>
      <p className={styles['crumb']}>
        <Link to="/audits">{t('audits.title')}</Link>
      </p>
      <Title order={1} size="h2" mb="xs">
        <bdi>{audit.data?.name ?? t('audits.one')}</bdi>
      </Title>
      {audit.isPending && <Loading />}
      {unknown && (
        <Empty title={t('audits.unknown')}>
          <Link to="/audits">{t('audits.unknown-next')}</Link>
        </Empty>
      )}
      {audit.isError && !unknown && <Failure error={audit.error} onRetry={() => void audit.refetch()} />}
      {audit.data && <Result audit={audit.data} />}
    </>
  );
}

function Result({ audit }: { audit: Audit }) {
  const t = useText();
  const intl = useIntl();
  const search = useSearch({ from: '/inside/audits/$id' });
  const { findings, unsure } = audit.report;
  const groups = groupsOf(findings, unsure, search);
  const files = audit.files.filter(({ path }) => groups.some(({ findings: [first] }) => first?.location.file === path));
  const clean = findings.length === 0 && unsure.length === 0;
  return (
    <>
      <p className={styles['takeaway']} data-testid="takeaway">
        {t(clean ? 'audits.clean' : 'audits.takeaway', { ...audit.counts, markets: audit.markets.length })}
      </p>
      <p className="quiet small">
        {t('audits.made', {
          by: audit.by,
          at: intl.formatDate(audit.at, { dateStyle: 'medium', timeStyle: 'short' }),
          day: intl.formatDate(audit.as_of, { dateStyle: 'medium', timeZone: 'UTC' }),
          pack: audit.pack_version,
        })}
      </p>
      <Tools audit={audit} />
      {groups.length === 0 && <Empty title={t(clean ? 'audits.nothing' : 'audits.filtered')}>{t(clean ? 'audits.nothing-next' : 'audits.filtered-next')}</Empty>}
      {0 < groups.length && (
        <div className={styles['columns']}>
          <div className={styles['texts']}>
            {files.map((file) => (
              <FileText key={file.path} file={file} groups={groups.filter(({ findings: [first] }) => first?.location.file === file.path)} />
            ))}
          </div>
          <ol className={styles['findings']} aria-label={t('audits.findings')}>
            {groups.map((group) => (
              <FindingCard key={group.key} group={group} claims={audit.claims} />
            ))}
          </ol>
        </div>
      )}
      <Rest audit={audit} />
    </>
  );
}

function Tools({ audit }: { audit: Audit }) {
  const t = useText();
  const marketName = useMarketName();
  const search = useSearch({ from: '/inside/audits/$id' });
  const navigate = useNavigate({ from: '/audits/$id' });
  return (
    <div className={styles['tools']}>
      <NativeSelect
        aria-label={t('audits.filter-market')}
        value={search.market ?? ''}
        onChange={({ currentTarget: { value } }) => void navigate({ search: { ...search, market: value || undefined } })}
        data={[{ value: '', label: t('words.all-markets') }, ...audit.markets.map((id) => ({ value: id, label: marketName(id) }))]}
      />
      <NativeSelect
        aria-label={t('audits.filter-severity')}
        value={search.severity ?? ''}
        onChange={({ currentTarget: { value } }) => void navigate({ search: { ...search, severity: (value || undefined) as Severity | undefined } })}
        data={[{ value: '', label: t('audits.every-severity') }, ...SEVERITIES.map((severity) => ({ value: severity, label: t(SEVERITY[severity].id) }))]}
      />
      <span className={styles['space']} />
      <Button variant="default" leftSection={<Icon name="download" />} onClick={() => downloadCsv(`audit-${audit.id}.csv`, findingsCsv(audit))}>
        {t('words.csv')}
      </Button>
      <Button variant="default" leftSection={<Icon name="download" />} onClick={() => downloadJson(`audit-${audit.id}.json`, audit)}>
        {t('audits.json')}
      </Button>
    </div>
  );
}
