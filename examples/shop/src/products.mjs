// What the shop sells. All of it is invented.

/** Prices are set by hand for each currency: a converted price looks converted. */
const CURRENCIES = { US: 'USD', GB: 'GBP', DE: 'EUR', FR: 'EUR', CH: 'CHF', CA: 'CAD', JP: 'JPY', KR: 'KRW', HK: 'HKD', BR: 'BRL', MX: 'MXN', SA: 'SAR' };

export const PRODUCTS = [
  { id: 'mug', shape: 'mug', prices: { USD: 18, GBP: 15, EUR: 17, CHF: 19, CAD: 24, JPY: 2400, KRW: 22000, HKD: 140, BRL: 89, MXN: 329, SAR: 69 } },
  { id: 'blanket', shape: 'blanket', prices: { USD: 95, GBP: 79, EUR: 89, CHF: 95, CAD: 125, JPY: 12800, KRW: 118000, HKD: 740, BRL: 469, MXN: 1749, SAR: 359 } },
  { id: 'lamp', shape: 'lamp', prices: { USD: 64, GBP: 54, EUR: 59, CHF: 64, CAD: 85, JPY: 8600, KRW: 79000, HKD: 499, BRL: 319, MXN: 1179, SAR: 239 } },
  { id: 'notebook', shape: 'notebook', prices: { USD: 14, GBP: 12, EUR: 13, CHF: 15, CAD: 19, JPY: 1800, KRW: 17000, HKD: 109, BRL: 69, MXN: 259, SAR: 55 } },
];

/** A product's price as it is written in a market. */
export function priceIn(market, product) {
  const currency = CURRENCIES[new Intl.Locale(market).region] ?? 'USD';
  const amount = product.prices[currency];
  const digits = Number.isInteger(amount) ? 0 : 2;
  return new Intl.NumberFormat(market, { style: 'currency', currency, minimumFractionDigits: digits }).format(amount);
}
