import { useRef, type KeyboardEvent } from 'react';

const STEP: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** One tab stop for many rows: arrow keys, Home and End go from row to row. */
export function useRows() {
  const list = useRef<HTMLDivElement>(null);

  // The tab stop lives in the document, not in state: a refresh must not move it.
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEP[event.key];
    const all = [...(list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = all.findIndex((row) => row === document.activeElement);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = all[step(at, all.length - 1)];
    all.forEach((row) => row.setAttribute('tabindex', row === next ? '0' : '-1'));
    next?.focus();
  };

  /** The first row starts as the tab stop; one that has been moved stays where it was. */
  const ready = (index: number) => (element: HTMLElement | null) => {
    if (element && !element.hasAttribute('tabindex')) element.setAttribute('tabindex', index === 0 ? '0' : '-1');
  };

  return { group: { ref: list, role: 'group', onKeyDown } as const, ready };
}
