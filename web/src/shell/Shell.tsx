import { Burger } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { sessionQuery } from '../api/session';
import { useText } from '../i18n/text';
import { Icon } from './icons';
import { Navigation } from './Navigation';
import { Loading } from './Notices';
import { Settings } from './Settings';
import styles from './shell.module.css';

/** The frame of every page for somebody who is logged in. */
export function Shell() {
  const t = useText();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { pathname } = useLocation();
  const [open, menu] = useDisclosure(false);
  const close = menu.close;
  useEffect(() => close(), [pathname, close]);

  if (!session) return null;
  return (
    <div className={styles['frame']}>
      <a href="#content" className={styles['skip']}>
        {t('shell.skip')}
      </a>
      {session.workspace.simulated && (
        <section aria-label={t('shell.simulated')} className={styles['simulated']} data-testid="simulated">
          <Icon name="mask" />
          <span>
            <strong>{t('shell.simulated')}</strong> <span className={styles['why']}>{t('shell.simulated-why')}</span>
          </span>
        </section>
      )}
      <header className={styles['top']}>
        <Burger
          className={styles['burger']}
          size="sm"
          opened={open}
          onClick={menu.toggle}
          aria-label={t(open ? 'shell.close-menu' : 'shell.open-menu')}
          aria-expanded={open}
          aria-controls="menu"
        />
        <span className={styles['brand']}>{t('shell.product')}</span>
        <bdi className={styles['workspace']} data-testid="workspace">
          {session.workspace.name}
        </bdi>
      </header>
      <div id="menu" className={styles['side']} data-open={open || undefined}>
        <div className={styles['inner']}>
          <Navigation />
          <Settings session={session} />
        </div>
      </div>
      <main id="content" className={styles['content']} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  );
}
