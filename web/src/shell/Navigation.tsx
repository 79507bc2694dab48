import { Link } from '@tanstack/react-router';
import { useText } from '../i18n/text';
import { Icon } from './icons';
import styles from './shell.module.css';

export function Navigation() {
  const t = useText();
  return (
    <nav aria-label={t('shell.navigation')} className={styles['nav']}>
      <Link to="/slots" className={styles['link']}>
        <Icon name="slots" size={18} />
        {t('shell.slots')}
      </Link>
      <Link to="/reviews" className={styles['link']} activeOptions={{ includeSearch: false }}>
        <Icon name="reviews" size={18} />
        {t('shell.reviews')}
      </Link>
    </nav>
  );
}
