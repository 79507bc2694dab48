import { Link } from '@tanstack/react-router';
import { Figure } from '../../charts/Figure';
import { useLocale } from '../../i18n/LocaleProvider';
import { useMarketParts } from '../../i18n/markets';
import type { MessageId } from '../../i18n/locales';
import { useText, type Translate } from '../../i18n/text';
import { Icon, type IconName } from '../../shell/icons';
import { MarketTable } from './MarketTable';
import { countsOf, overviewCsv, statusOf, tally, type MarketState, type Status } from './overview';
import styles from './overview.module.css';
import { byRegion, type Region } from './regions';

const STATUSES: Record<Status, { id: MessageId; icon: IconName }> = {
  worse: { id: 'overview.status-worse', icon: 'down' },
  better: { id: 'overview.status-better', icon: 'up' },
  same: { id: 'overview.status-same', icon: 'same' },
  early: { id: 'overview.status-early', icon: 'wait' },
  none: { id: 'overview.status-none', icon: 'ring' },
  quiet: { id: 'overview.status-quiet', icon: 'quiet' },
};

const REGION_NAMES: Record<Region, MessageId> = {
  americas: 'overview.region-americas',
  europe: 'overview.region-europe',
  africa: 'overview.region-africa',
  asia: 'overview.region-asia',
  oceania: 'overview.region-oceania',
  elsewhere: 'overview.region-elsewhere',
};

/** One equal tile for each market: a small one is as easy to see as a large one. */
export function MarketFigure({ markets }: { markets: MarketState[] }) {
  const t = useText();
  const { tag } = useLocale();
  const parts = useMarketParts();
  const groups = byRegion(markets, (market) => parts(market).territory, tag);
  return (
    <Figure
      testId="markets"
      title={t('overview.markets')}
      lead={t('overview.markets-lead')}
      file="markets"
      csv={() => overviewCsv(markets)}
      table={<MarketTable markets={groups.flatMap((group) => group.markets)} />}
    >
      <Key markets={markets} />
      <div className={styles['regions']}>
        {groups.map(({ region, markets: here }) => (
          <section key={region} className={styles['region']} aria-labelledby={`region-${region}`}>
            <h3 id={`region-${region}`} className={styles['region-name']}>
              {t(REGION_NAMES[region])}
            </h3>
            <ul className={styles['tiles']}>
              {here.map((market) => (
                <Tile key={market.market} market={market} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Figure>
  );
}

function Key({ markets }: { markets: MarketState[] }) {
  const t = useText();
  const present = (Object.keys(STATUSES) as Status[]).filter((status) => 0 < tally(markets, status));
  return (
    <ul className={styles['key']}>
      {present.map((status) => (
        <li key={status} data-status={status}>
          <Icon name={STATUSES[status].icon} size={14} />
          {t(STATUSES[status].id)}
          <span className="quiet figures">{t('overview.times', { count: tally(markets, status) })}</span>
        </li>
      ))}
    </ul>
  );
}

/** What the slots say, in the words of the most telling verdict. */
function slotsWords(market: MarketState, status: Status, t: Translate): string {
  const slots = market.slots.length;
  if (status === 'none') return t('overview.no-slots');
  if (status === 'quiet') return t('overview.is-quiet');
  if (status === 'early') return t('overview.all-early', { slots });
  return t('overview.slots-so', { count: countsOf(market)[status], slots });
}

function Tile({ market }: { market: MarketState }) {
  const t = useText();
  const { territory, language } = useMarketParts()(market.market);
  const status = statusOf(market);
  const { id, icon } = STATUSES[status];
  const urgent = [
    ...(0 < market.waiting ? [t('overview.waiting', { count: market.waiting })] : []),
    ...(market.findings && 0 < market.findings.error ? [t('overview.errors', { count: market.findings.error })] : []),
  ];
  return (
    <li className={styles['tile']} data-market={market.market} data-status={status}>
      <Link to="/markets/$id" params={{ id: market.market }} className={styles['tile-link']}>
        <span className={styles['place']}>
          <bdi>{territory}</bdi>
        </span>
        <span className={styles['tongue']}>
          <bdi>{language}</bdi>
        </span>
        <span className={styles['status']}>
          <Icon name={icon} size={15} />
          {t(id)}
        </span>
        <span className={styles['detail']}>{slotsWords(market, status, t)}</span>
        {0 < urgent.length && <span className={styles['urgent']}>{urgent.join(' · ')}</span>}
      </Link>
    </li>
  );
}
