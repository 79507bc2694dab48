import { Button } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/text';
import type { AuditFile } from './audit';
import styles from './audits.module.css';
import type { Group } from './groups';
import { excerpt, inUtf16, linesOf, type Line, type Piece } from './highlight';

/** Texts of people flow in their own direction; files for machines run from left to right. */
const MACHINE = /\.(json|html?|toml|ya?ml|svg|css|xml|po|properties|xliff|strings)$/i;

/** Shorter files are shown whole. */
const WHOLE = 40;
const AROUND = 2;

/** A file with its findings marked where they stand. Always text, whatever it contains. */
export function FileText({ file, groups }: { file: AuditFile; groups: Group[] }) {
  const t = useText();
  const [all, setAll] = useState(false);
  const text = file.text;
  if (text === null || text === undefined || text === '')
    return (
      <section className="card" aria-label={file.path}>
        <h2 className={styles['path']}>
          <bdi>{file.path}</bdi>
        </h2>
        <p className="quiet small">{t('audits.no-text')}</p>
      </section>
    );
  const spans = inUtf16(
    text,
    groups.map(({ findings: [first] }) => ({ start: first!.location.byte_start, end: first!.location.byte_end })),
  );
  const lines = linesOf(
    text,
    spans.map((span, index) => ({ ...span, number: groups[index]!.number })),
  );
  const short = lines.length <= WHOLE;
  const shown = all || short ? lines : excerpt(lines, AROUND);
  const byNumber = new Map(groups.map((group) => [group.number, group]));
  return (
    <section className={`card ${styles['file']}`} aria-label={file.path} data-file={file.path}>
      <div className={styles['file-head']}>
        <h2 className={styles['path']}>
          <bdi>{file.path}</bdi>
        </h2>
        {!short && (
          <Button variant="subtle" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'audits.show-near' : 'audits.show-all', { lines: lines.length })}
          </Button>
        )}
      </div>
      <div className={styles['lines']} data-machine={MACHINE.test(file.path) || undefined} translate="no">
        {shown.map((line, index) => (line ? <OneLine key={line.number} line={line} groups={byNumber} /> : <Gap key={`gap ${index}`} />))}
      </div>
    </section>
  );
}

function Gap() {
  return (
    <div className={styles['gap']} aria-hidden="true">
      ⋯
    </div>
  );
}

function OneLine({ line, groups }: { line: Line; groups: Map<number, Group> }) {
  return (
    <div className={styles['line']}>
      <span className={styles['number']} aria-hidden="true">
        {line.number}
      </span>
      <span className={styles['words']} dir="auto">
        {line.pieces.map((piece, index) => (
          <OnePiece key={index} piece={piece} groups={groups} />
        ))}
      </span>
    </div>
  );
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

function OnePiece({ piece: { text, numbers, ends }, groups }: { piece: Piece; groups: Map<number, Group> }) {
  const t = useText();
  const here = numbers.flatMap((number) => groups.get(number) ?? []);
  const worst = here.toSorted((one, other) => RANK[one.severity] - RANK[other.severity])[0];
  if (!worst) return <>{text}</>;
  return (
    <>
      <mark className={styles['mark']} data-severity={worst.severity} data-unsure={worst.unsure || undefined} data-numbers={numbers.join(' ')}>
        {text}
      </mark>
      {ends.map((number) => (
        <a key={number} id={`place-${number}`} className={styles['ref']} href={`#finding-${number}`} aria-label={t('audits.to-finding', { number })}>
          {number}
        </a>
      ))}
    </>
  );
}
