import type { ReactNode } from 'react';
import { useLocale } from '../i18n/LocaleProvider';
import styles from './trend.module.css';
import { areaPath, linePath, type Point } from './trend';
import { useRows } from './useRows';

export interface TrendRow {
  key: string;
  label: ReactNode;
  /** From 0 to 1, along x from 0 to 1. */
  points: Point[];
  value: ReactNode;
  /** The one line to look at first. */
  strong: boolean;
  /** The baseline is drawn hollow. */
  hollow: boolean;
  spoken: string;
}

interface Props {
  title: string;
  rows: TrendRow[];
  start: string;
  end: string;
}

/** Shares over time, one row each, on one scale from nothing to all: one tab stop, arrow keys. */
export function TrendRows({ title, rows, start, end }: Props) {
  const { dir } = useLocale();
  const { group, ready } = useRows();
  const run = (points: Point[]) => (dir === 'rtl' ? points.map(({ x, y }) => ({ x: 1 - x, y })) : points);
  return (
    <div className={styles['trend']}>
      <div {...group} aria-label={title}>
        {rows.map((row, index) => (
          <div
            key={row.key}
            className={styles['row']}
            data-row={row.key}
            data-strong={row.strong || undefined}
            data-hollow={row.hollow || undefined}
            role="img"
            aria-label={row.spoken}
            ref={ready(index)}
          >
            <div className={styles['label']}>{row.label}</div>
            <svg className={styles['plot']} viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
              <line className={styles['frame']} x1="0" x2="100" y1="0" y2="0" />
              <line className={styles['frame']} x1="0" x2="100" y1="30" y2="30" />
              <path className={styles['area']} d={areaPath(run(row.points))} />
              <path className={styles['line']} d={linePath(run(row.points))} />
            </svg>
            <div className={styles['value']}>{row.value}</div>
          </div>
        ))}
      </div>
      <div className={styles['axis']} aria-hidden="true">
        <span>{start}</span>
        <span>{end}</span>
      </div>
    </div>
  );
}
