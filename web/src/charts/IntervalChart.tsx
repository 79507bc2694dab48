import type { ReactNode } from 'react';
import { useLocale } from '../i18n/LocaleProvider';
import { Axis } from './Axis';
import styles from './chart.module.css';
import drawn from './marks.module.css';
import { MarkShape, Pull, type Mark, type Tone } from './marks';
import { scaleOf, type Scale } from './scale';
import { useRows } from './useRows';

export interface ChartRow {
  key: string;
  label: ReactNode;
  marks: Mark[];
  tone: Tone;
  /** The number in words and figures, after the picture. */
  value: ReactNode;
  /** The judgement, where there is one. */
  verdict?: ReactNode;
  /** Stands in the picture's place while there is too little data for one. */
  instead?: ReactNode;
  /** Everything the row shows, as one sentence for those who hear it. */
  spoken: string;
  summary?: boolean;
}

interface Props {
  title: string;
  rows: ChartRow[];
  domain: [number, number] | null;
  tick: (value: number) => string;
  zero?: boolean;
  dense?: boolean;
}

/** Rows of intervals on one axis: one tab stop, arrow keys from row to row. */
export function IntervalChart({ title, rows, domain, tick, zero = false, dense = false }: Props) {
  const { dir } = useLocale();
  const scale = domain && scaleOf(domain, dir, dense ? 3 : 5);
  const verdicts = rows.some((row) => row.verdict !== undefined);
  return (
    <div className={styles['chart']} data-dense={dense || undefined} data-verdicts={verdicts || undefined}>
      <Rows title={title} rows={rows} scale={scale} zero={zero} />
      {scale && <Axis scale={scale} tick={tick} />}
    </div>
  );
}

function Rows({ title, rows, scale, zero }: { title: string; rows: ChartRow[]; scale: Scale | null; zero: boolean }) {
  const { group, ready } = useRows();
  return (
    <div {...group} aria-label={title}>
      {rows.map((row, index) => (
        <div
          key={row.key}
          className={styles['row']}
          data-row={row.key}
          data-summary={row.summary || undefined}
          role="img"
          aria-label={row.spoken}
          ref={ready(index)}
        >
          <div className={styles['label']}>{row.label}</div>
          <div className={styles['plot']}>
            {row.instead !== undefined || !scale ? (
              <span className={styles['instead']}>{row.instead}</span>
            ) : (
              <Strip row={row} scale={scale} zero={zero} />
            )}
          </div>
          <div className={styles['value']}>{row.value}</div>
          {row.verdict !== undefined && <div className={styles['verdict']}>{row.verdict}</div>}
        </div>
      ))}
    </div>
  );
}

function Strip({ row, scale, zero }: { row: ChartRow; scale: Scale; zero: boolean }) {
  return (
    <svg className={styles['strip']} width="100%" height="48" overflow="visible" aria-hidden="true">
      {scale.ticks.map((value) => (
        <line key={value} className={drawn['grid']} x1={`${scale.at(value)}%`} x2={`${scale.at(value)}%`} y1="0" y2="100%" />
      ))}
      {zero && <line className={drawn['zero']} x1={`${scale.at(0)}%`} x2={`${scale.at(0)}%`} y1="0" y2="100%" />}
      <Pull marks={row.marks} scale={scale} />
      {row.marks.map((mark) => (
        <MarkShape key={mark.shape} mark={mark} scale={scale} tone={row.tone} />
      ))}
    </svg>
  );
}
