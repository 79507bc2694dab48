import { useMemo } from 'react';
import { useIntl } from 'react-intl';

export interface Numbers {
  /** A share 0..1 as a percentage. */
  rate: (share: number) => string;
  /** A difference −1..1 in percentage points, always signed. */
  points: (difference: number) => string;
  /** The same on an axis, whose round values need no trailing zeros. */
  rateTick: (share: number) => string;
  pointsTick: (difference: number) => string;
  /** A level such as 0.95. */
  level: (share: number) => string;
  count: (n: number) => string;
}

/** Two decimals where the whole picture spans little, else one: more would only look exact. */
export const decimalsFor = (span: number) => (span < 0.05 ? 2 : 1);

export function useNumbers(decimals: number): Numbers {
  const intl = useIntl();
  return useMemo(() => {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
    return {
      rate: (share) => intl.formatNumber(share, { style: 'percent', ...digits }),
      points: (difference) => intl.formatNumber(difference * 100, { signDisplay: 'exceptZero', ...digits }),
      rateTick: (share) => intl.formatNumber(share, { style: 'percent', maximumFractionDigits: decimals }),
      pointsTick: (difference) =>
        intl.formatNumber(difference * 100, { signDisplay: 'exceptZero', maximumFractionDigits: decimals }),
      level: (share) => intl.formatNumber(share, { style: 'percent', maximumFractionDigits: 1 }),
      count: (n) => intl.formatNumber(n),
    };
  }, [intl, decimals]);
}
