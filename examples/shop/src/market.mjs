// Which market a page is for. It is chosen by the visitor, in the address; it may be suggested, and is never forced.
import { WORDS, languageOf } from './words.mjs';

/** Offered while Milieu cannot be asked and has not answered before. */
const UNTIL_KNOWN = ['en-US', 'de-DE', 'ja-JP', 'ar-SA'];
const KEPT = 60_000;
const known = new WeakMap();

/** The markets that the workspace serves and this shop has words for, the default first. */
export async function listMarkets(milieu) {
  const last = known.get(milieu);
  if (last && Date.now() - last.at < KEPT) return last.markets;
  const told = await milieu.markets();
  const spoken = told?.filter((market) => languageOf(market) in WORDS) ?? [];
  if (spoken.length === 0) return last?.markets ?? UNTIL_KNOWN;
  known.set(milieu, { markets: spoken, at: Date.now() });
  return spoken;
}

/** On the page without a market in its address: what was chosen before, else the default. */
export const chosenMarket = (jar, markets) => (markets.includes(jar.market) ? jar.market : markets[0]);

/** The market that a visitor's languages speak for, when it is another one and they have not said no. */
export function suggestion(request, jar, shown, markets) {
  if (jar.market || jar.suggestion === 'no') return null;
  const languages = (request.headers['accept-language'] ?? '').split(',', 10).map((part) => part.split(';')[0].trim().toLowerCase());
  for (const wanted of languages) {
    const exact = markets.find((market) => market.toLowerCase() === wanted);
    const alike = markets.filter((market) => market.toLowerCase().split('-')[0] === wanted.split('-')[0]);
    if (exact === shown || alike.includes(shown)) return null;
    if (exact ?? alike[0]) return exact ?? alike[0];
  }
  return null;
}

/** A market as its own people call it: 日本 (日本語). */
export function nameOf(market) {
  const locale = new Intl.Locale(market);
  const place = new Intl.DisplayNames(market, { type: 'region' }).of(locale.region);
  const language = new Intl.DisplayNames(market, { type: 'language' }).of(locale.language);
  return `${place} (${language})`;
}
