import { useId } from 'react';
import styles from './marks.module.css';
import { Dot, PullHead, type Mark } from './marks';

interface Props {
  items: { shape: Mark['shape']; text: string }[];
  /** What the arrow between two marks says, where the chart draws one. */
  pull?: string;
}

/** Drawn with the chart's own marks, so that the two can't drift apart. */
export function Legend({ items, pull }: Props) {
  const head = useId();
  return (
    <ul className={styles['legend']}>
      {items.map(({ shape, text }) => (
        <li key={shape}>
          <svg width="34" height="16" aria-hidden="true">
            <g className={styles['mark']} data-shape={shape} data-tone="plain">
              <line className={styles['bar']} x1="2" x2="32" y1="8" y2="8" />
              <Dot shape={shape} x="17" y={8} />
            </g>
          </svg>
          {text}
        </li>
      ))}
      {pull && (
        <li>
          <svg width="34" height="16" aria-hidden="true" data-flip>
            <g className={styles['pull']}>
              <PullHead id={head} off={0} />
              <line x1="2" x2="32" y1="8" y2="8" markerEnd={`url(#${head})`} />
            </g>
          </svg>
          {pull}
        </li>
      )}
    </ul>
  );
}
