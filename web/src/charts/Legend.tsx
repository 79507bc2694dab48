import styles from './marks.module.css';
import { Dot, type Mark } from './marks';

/** Drawn with the chart's own marks, so that the two can't drift apart. */
export function Legend({ items }: { items: { shape: Mark['shape']; text: string }[] }) {
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
    </ul>
  );
}
