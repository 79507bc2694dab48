import { useCallback } from 'react';
import { useIntl } from 'react-intl';

const STEPS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** `3 hours ago`: the largest unit that fits, because a queue is read for its order, not its seconds. */
export function useAge(): (instant: string, now?: number) => string {
  const intl = useIntl();
  return useCallback(
    (instant, now = Date.now()) => {
      const seconds = (Date.parse(instant) - now) / 1000;
      const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
      return step
        ? intl.formatRelativeTime(Math.trunc(seconds / step[1]), step[0])
        : intl.formatRelativeTime(0, 'second', { numeric: 'auto' });
    },
    [intl],
  );
}
