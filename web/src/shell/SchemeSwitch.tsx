import { SegmentedControl, useMantineColorScheme, VisuallyHidden, type MantineColorScheme } from '@mantine/core';
import { useText } from '../i18n/text';
import { Icon, type IconName } from './icons';

export function SchemeSwitch() {
  const t = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const option = (value: MantineColorScheme, icon: IconName, name: string) => ({
    value,
    label: (
      <span title={name} style={{ display: 'grid', placeItems: 'center', blockSize: '1.25rem' }}>
        <Icon name={icon} />
        <VisuallyHidden>{name}</VisuallyHidden>
      </span>
    ),
  });
  return (
    <SegmentedControl
      aria-label={t('shell.appearance')}
      fullWidth
      size="xs"
      value={colorScheme}
      onChange={(value) => setColorScheme(value as MantineColorScheme)}
      data={[
        option('light', 'sun', t('shell.light')),
        option('dark', 'moon', t('shell.dark')),
        option('auto', 'auto', t('shell.auto')),
      ]}
    />
  );
}
