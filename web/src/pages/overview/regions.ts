/**
 * Tiles stand in the groups of the United Nations' geoscheme (M49) as CLDR holds
 * them, so that a place is found by habit. A group says nothing about borders.
 */
export type Region = 'americas' | 'europe' | 'africa' | 'asia' | 'oceania' | 'elsewhere';

const TERRITORIES: [Region, string][] = [
  [
    'americas',
    'AG AI AR AW BB BL BM BO BQ BR BS BV BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GS GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  ],
  [
    'europe',
    'AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK',
  ],
  [
    'africa',
    'AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF TG TN TZ UG YT ZA ZM ZW',
  ],
  [
    'asia',
    'AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE',
  ],
  ['oceania', 'AS AU CC CK CX FJ FM GU HM KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS'],
];

const REGION_OF = new Map(TERRITORIES.flatMap(([region, codes]) => codes.split(' ').map((code) => [code, region] as const)));

export const REGIONS: readonly Region[] = [...TERRITORIES.map(([region]) => region), 'elsewhere'];

/** The region of a market's territory; what has none stands elsewhere. */
export function regionOf(market: string): Region {
  try {
    return REGION_OF.get(new Intl.Locale(market).region ?? '') ?? 'elsewhere';
  } catch {
    return 'elsewhere';
  }
}

/** Markets by region, in the order of `names`; regions without a market are left out. */
export function byRegion<T extends { market: string }>(markets: T[], nameOf: (market: string) => string, locale: string) {
  const { compare } = new Intl.Collator(locale);
  const sorted = [...markets].sort((one, other) => compare(nameOf(one.market), nameOf(other.market)));
  return REGIONS.map((region) => ({ region, markets: sorted.filter(({ market }) => regionOf(market) === region) })).filter(
    (group) => 0 < group.markets.length,
  );
}
