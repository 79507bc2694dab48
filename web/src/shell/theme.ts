import { Badge, Button, createTheme, SegmentedControl, type CSSVariablesResolver } from '@mantine/core';

const FONTS =
  'system-ui, -apple-system, "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK JP", "Noto Sans Devanagari", sans-serif';

export const theme = createTheme({
  primaryColor: 'sea',
  // White words on a filled button need the darker shades in both themes.
  primaryShade: { light: 7, dark: 6 },
  respectReducedMotion: true,
  defaultRadius: 'md',
  cursorType: 'pointer',
  fontFamily: FONTS,
  headings: { fontFamily: FONTS, fontWeight: '650' },
  colors: {
    sea: ['#e8f6f7', '#d3ebed', '#a6d6da', '#6cc3ca', '#3fa5ae', '#23868f', '#14707a', '#0f5c66', '#0b4a52', '#07373e'],
  },
  components: {
    // A control must say what it is without capitals, which many scripts do not have.
    Badge: Badge.extend({ defaultProps: { tt: 'none', fw: 600, radius: 'sm' } }),
    Button: Button.extend({ defaultProps: { fw: 600 } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { radius: 'md' } }),
  },
});

/** Mantine's own names, pointed at our palette so that both themes change in one place. */
export const variables: CSSVariablesResolver = () => {
  const ours = {
    '--mantine-color-body': 'var(--mil-surface)',
    '--mantine-color-text': 'var(--mil-ink)',
    '--mantine-color-dimmed': 'var(--mil-quiet)',
    '--mantine-color-placeholder': 'var(--mil-quiet)',
    '--mantine-color-default-border': 'var(--mil-edge)',
    '--mantine-color-anchor': 'var(--mil-link)',
    '--mantine-color-error': 'var(--mil-worse)',
  };
  return { variables: {}, light: ours, dark: { ...ours, '--mantine-color-default': 'var(--mil-raised)' } };
};
