// The basket: a list of products in a cookie, which needs no consent, for without it nothing could be bought.
import { remember } from './http.mjs';
import { PRODUCTS } from './products.mjs';

const MOST = 20;
const isProduct = (id) => PRODUCTS.some((product) => product.id === id);

export const readBasket = (jar) => (jar.basket ?? '').split('.').filter(isProduct).slice(0, MOST);

/** Keeps a basket, with one product more. */
export function writeBasket(response, basket, added) {
  const all = isProduct(added) ? [...basket, added].slice(-MOST) : basket;
  remember(response, 'basket', all.length === 0 ? null : all.join('.'));
}
