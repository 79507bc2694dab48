import { useDirection } from '@mantine/core';
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { startCatalogue, uiLocale, type Catalogue, type Direction } from './locales';

interface Choice {
  tag: string;
  dir: Direction;
  choose: (tag: string) => void;
}

const KEY = 'milieu.locale';
const LocaleContext = createContext<Choice>({ tag: 'en', dir: 'ltr', choose: () => undefined });

export const useLocale = () => use(LocaleContext);

/** Words change only once their catalogue has arrived, so no page shows half of two languages. */
export function LocaleProvider({ children }: { children: ReactNode }) {
  const [wanted, setWanted] = useState(() => uiLocale(localStorage.getItem(KEY)).tag);
  const [shown, setShown] = useState<{ tag: string; messages: Catalogue } | null>(
    wanted === 'en' ? { tag: 'en', messages: startCatalogue } : null,
  );
  const { setDirection } = useDirection();

  useEffect(() => {
    let current = true;
    void uiLocale(wanted)
      .load()
      .then((messages) => current && setShown({ tag: wanted, messages }));
    return () => {
      current = false;
    };
  }, [wanted]);

  const tag = shown?.tag ?? 'en';
  const { dir } = uiLocale(tag);
  useEffect(() => {
    document.documentElement.lang = tag;
    document.documentElement.dir = dir;
    setDirection(dir);
  }, [tag, dir, setDirection]);

  const choice = useMemo<Choice>(
    () => ({
      tag,
      dir,
      choose: (next) => {
        localStorage.setItem(KEY, next);
        setWanted(next);
      },
    }),
    [tag, dir],
  );

  if (!shown) return null;
  return (
    <LocaleContext value={choice}>
      <IntlProvider locale={tag} messages={shown.messages}>
        {children}
      </IntlProvider>
    </LocaleContext>
  );
}
