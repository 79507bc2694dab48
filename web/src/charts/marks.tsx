import { useId } from 'react';
import type { Scale, Span } from './scale';
import styles from './marks.module.css';

export type Tone = 'better' | 'worse' | 'same' | 'early' | 'plain';

export interface Mark extends Span {
  estimate: number;
  /** `own`: the market alone. `pooled`: after borrowing from the others. `plain`: a rate. `baseline`: the holdout's rate. */
  shape: 'own' | 'pooled' | 'plain' | 'baseline';
}

/** The middle of each shape, in pixels from the top of a strip 48 high. */
const LEVEL = { own: 10, pooled: 37, plain: 24, baseline: 24 } as const;
const CAP = 4;

/** Coordinates are percentages, so no width has to be measured and nothing moves when it changes. */
export function MarkShape({ mark, scale, tone }: { mark: Mark; scale: Scale; tone: Tone }) {
  const y = LEVEL[mark.shape];
  const [low, high, middle] = [mark.low, mark.high, mark.estimate].map((value) => `${scale.at(value)}%`);
  return (
    <g className={styles['mark']} data-shape={mark.shape} data-tone={tone}>
      <line className={styles['bar']} x1={low} x2={high} y1={y} y2={y} />
      <line className={styles['cap']} x1={low} x2={low} y1={y - CAP} y2={y + CAP} />
      <line className={styles['cap']} x1={high} x2={high} y1={y - CAP} y2={y + CAP} />
      <Dot shape={mark.shape} x={middle!} y={y} />
    </g>
  );
}

/** From a market's own estimate to the pooled one: how far the other markets pull it. */
export function Pull({ marks, scale }: { marks: Mark[]; scale: Scale }) {
  const head = useId();
  const own = marks.find(({ shape }) => shape === 'own');
  const pooled = marks.find(({ shape }) => shape === 'pooled');
  if (!own || !pooled) return null;
  return (
    <g className={styles['pull']}>
      <PullHead id={head} />
      <line
        x1={`${scale.at(own.estimate)}%`}
        x2={`${scale.at(pooled.estimate)}%`}
        y1={LEVEL.own}
        y2={LEVEL.pooled}
        markerEnd={`url(#${head})`}
      />
    </g>
  );
}

/** The tip stands off the diamond at the line's end, whatever the line's slope. */
export function PullHead({ id, off = 7 }: { id: string; off?: number }) {
  return (
    <marker id={id} markerUnits="userSpaceOnUse" markerWidth="8" markerHeight="8" refX={8 + off} refY="4" orient="auto">
      <path d="M0 0.5 8 4 0 7.5z" />
    </marker>
  );
}

/** Shapes differ by outline, not by colour alone: hollow ring, solid diamond, solid disc, hollow square. */
export function Dot({ shape, x, y }: { shape: Mark['shape']; x: string; y: number }) {
  if (shape === 'own') return <circle className={styles['hollow']} cx={x} cy={y} r={4.5} />;
  if (shape === 'plain') return <circle className={styles['solid']} cx={x} cy={y} r={5} />;
  return (
    <svg x={x} y={y} overflow="visible" aria-hidden="true">
      {shape === 'pooled' ? (
        <path className={styles['solid']} d="M0-6.5 6.5 0 0 6.5-6.5 0z" />
      ) : (
        <rect className={styles['hollow']} x={-4} y={-4} width={8} height={8} />
      )}
    </svg>
  );
}
