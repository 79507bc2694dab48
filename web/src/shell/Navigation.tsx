import { Link, type LinkProps } from '@tanstack/react-router';
import type { MessageId } from '../i18n/locales';
import { useText } from '../i18n/text';
import { Icon, type IconName } from './icons';
import styles from './shell.module.css';

const PAGES: { to: NonNullable<LinkProps['to']>; name: MessageId; icon: IconName; exact?: boolean }[] = [
  { to: '/', name: 'shell.overview', icon: 'home', exact: true },
  { to: '/slots', name: 'shell.slots', icon: 'slots' },
  { to: '/reviews', name: 'shell.reviews', icon: 'reviews' },
  { to: '/audits', name: 'shell.audits', icon: 'audits' },
  { to: '/markets', name: 'shell.markets', icon: 'markets' },
  { to: '/decisions', name: 'shell.decisions', icon: 'decisions' },
];

export function Navigation() {
  const t = useText();
  return (
    <nav aria-label={t('shell.navigation')} className={styles['nav']}>
      {PAGES.map(({ to, name, icon, exact = false }) => (
        <Link key={to} to={to} className={styles['link']} activeOptions={{ exact, includeSearch: false }}>
          <Icon name={icon} size={18} />
          {t(name)}
        </Link>
      ))}
    </nav>
  );
}
