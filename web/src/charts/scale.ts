import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { useRef } from 'react';
import type { Direction } from '../i18n/locales';

export interface Span {
  low: number;
  high: number;
}

export interface Scale {
  /** Where a value stands, in percent of the width, counted from the left edge as SVG does. */
  at: (value: number) => number;
  ticks: number[];
  span: number;
}

/** The round range that holds all spans, and the zero line where there is one. */
export function domainOf(spans: Span[], withZero: boolean): [number, number] | null {
  const [low, high] = extent([...spans.flatMap((span) => [span.low, span.high]), ...(withZero ? [0] : [])]);
  if (spans.length === 0 || low === undefined || high === undefined) return null;
  const room = (high - low || Math.abs(high) || 0.01) * 0.04;
  const least = withZero ? low - room : Math.max(0, low - room);
  const [start = 0, end = 1] = scaleLinear([least, high + room], [0, 100]).nice(5).domain();
  return [start, end];
}

/** In a right-to-left page the axis runs from right to left too, as its readers' eyes do. */
export function scaleOf(domain: [number, number], dir: Direction, ticks = 5): Scale {
  const line = scaleLinear(domain, dir === 'rtl' ? [100, 0] : [0, 100]);
  return { at: (value) => line(value), ticks: line.ticks(ticks), span: domain[1] - domain[0] };
}

/**
 * Keeps the axis still while numbers refresh: it widens when it must, and
 * shrinks only when the data fill less than half of it.
 */
export function steady(before: [number, number] | null, next: [number, number] | null): [number, number] | null {
  if (!before || !next) return next;
  const inside = before[0] <= next[0] && next[1] <= before[1];
  const filled = (next[1] - next[0]) / (before[1] - before[0]);
  return inside && 0.5 <= filled ? before : next;
}

export function useSteadyDomain(key: string, next: [number, number] | null): [number, number] | null {
  const kept = useRef<{ key: string; domain: [number, number] | null }>({ key, domain: null });
  const before = kept.current.key === key ? kept.current.domain : null;
  const domain = steady(before, next);
  kept.current = { key, domain };
  return domain;
}
