import { useEffect, useState, type RefObject } from 'react';

const KEY = 'milieu.shortcuts';

interface Moves {
  next: () => void;
  previous: () => void;
}

const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select'));

/** `a` and `r` press the buttons one sees, so what is not allowed has no shortcut either. */
function press(page: HTMLElement | null, key: string) {
  const button = page?.querySelector<HTMLButtonElement>(`button[data-shortcut="${key}"]:not(:disabled)`);
  if (!button) return;
  button.focus();
  if (!button.hasAttribute('data-careful')) button.click();
}

export function useShortcuts(page: RefObject<HTMLElement | null>, moves: Moves) {
  const [on, setOn] = useState(() => localStorage.getItem(KEY) !== 'off');

  useEffect(() => {
    if (!on) return undefined;
    const hear = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      const act = { j: moves.next, k: moves.previous, a: () => press(page.current, 'a'), r: () => press(page.current, 'r') }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  });

  const toggle = () => {
    localStorage.setItem(KEY, on ? 'off' : 'on');
    setOn(!on);
  };
  return { on, toggle };
}
