import styles from './chart.module.css';
import marks from './marks.module.css';
import type { Scale } from './scale';

/** Repeats what each row says in words, so it is silent. */
export function Axis({ scale, tick }: { scale: Scale; tick: (value: number) => string }) {
  return (
    <div className={styles['axis']} aria-hidden="true">
      <svg width="100%" height="22" overflow="visible">
        {scale.ticks.map((value) => (
          <text key={value} className={marks['tick']} x={`${scale.at(value)}%`} y="15" textAnchor="middle">
            {tick(value)}
          </text>
        ))}
      </svg>
    </div>
  );
}
