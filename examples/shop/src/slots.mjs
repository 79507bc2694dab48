// The places on the page that Milieu fills, and what stands there when it cannot: a slot of every kind.

export const DEFAULTS = {
  'home.hero': { title: 'Welcome', text: 'Have a look around.', button: 'See everything' },
  'product.cta': 'Add to basket',
  'listing.columns': 3,
  'product.photo': 1.0,
  'basket.reassurance': 'You can change your order until you pay.',
  'checkout.express': false,
};

/** The language that the defaults are written in. */
export const DEFAULT_LANGUAGE = 'en';

/** Tells whether a value may stand where the default stands: the same kind, and the same fields. */
export function isOfKind(fallback, value) {
  if (typeof fallback !== 'object') return typeof value === typeof fallback;
  return typeof value === 'object' && value !== null && Object.keys(fallback).every((field) => typeof value[field] === typeof fallback[field]);
}

/** A number from a slot, kept within what the page can bear. */
export const within = (low, value, high) => Math.min(high, Math.max(low, value));
