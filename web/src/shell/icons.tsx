import type { ReactNode } from 'react';

const PATHS = {
  slots: <path d="M4 5h16v5H4zM4 14h7v5H4zM15 14h5v5h-5z" />,
  reviews: <path d="M4 5h16v11H9l-5 4zM8.5 10.5l2.3 2.2 4.7-4.4" />,
  sun: <path d="M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M5.6 18.4 7 17M17 7l1.4-1.4" />,
  moon: <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />,
  auto: <path d="M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16" />,
  up: <path d="M12 5 20 19H4z" fill="currentColor" />,
  down: <path d="M12 19 4 5h16z" fill="currentColor" />,
  same: <path d="M5 9h14M5 15h14" />,
  differ: <path d="M5 19V9M12 19V4M19 19v-6M3 19h18" />,
  home: <path d="M4 11 12 4l8 7v9h-5v-6H9v6H4z" />,
  audits: <path d="M6 3h9l4 4v14H6zM9 12h7M9 16h5M9 8h4" />,
  markets: <path d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM4 12h16M12 4c-5 5-5 11 0 16M12 4c5 5 5 11 0 16" />,
  decisions: <path d="M5 5h5v5H5zM14 14h5v5h-5zM14 5h5v5h-5zM7.5 10v6.5H14" />,
  quiet: <path d="M4 10v4h4l5 4V6L8 10zM17 9l4 6M21 9l-4 6" />,
  dot: <path d="M12 7a5 5 0 1 0 0 10 5 5 0 0 0 0-10z" fill="currentColor" />,
  ring: <path d="M12 6a6 6 0 1 0 0 12 6 6 0 0 0 0-12z" strokeDasharray="3 3.3" />,
  diamond: <path d="M12 4 20 12 12 20 4 12z" />,
  box: <path d="M5 5h14v14H5z" />,
  go: <path d="M5 12h14M13 6l6 6-6 6" />,
  wait: <path d="M7 4h10M7 20h10M8 4c0 5 8 6 8 12v4M16 4c0 5-8 6-8 12v4" />,
  info: <path d="M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 11v5M12 8v.5" />,
  warn: <path d="M12 4 21 20H3zM12 10v5M12 17.3v.4" />,
  check: <path d="M5 12.5 10 17.5 19.5 7" />,
  cross: <path d="M6 6l12 12M18 6 6 18" />,
  download: <path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14" />,
  leave: <path d="M14 5H5v14h9M10 12h10M16.5 8.5 20 12l-3.5 3.5" />,
  mask: <path d="M9 3h6M10 3v6l-5 9.5A1.7 1.7 0 0 0 6.5 21h11a1.7 1.7 0 0 0 1.5-2.5L14 9V3M7.5 15h9" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof PATHS;

/** Always decoration beside words, so it is hidden from those who hear the page. */
export function Icon({ name, size = 16, flip = false }: { name: IconName; size?: number; flip?: boolean }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      data-flip={flip || undefined}
    >
      {PATHS[name]}
    </svg>
  );
}
