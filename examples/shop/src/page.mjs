// The one page of the shop. Every text of a slot is in it when it arrives: a browser has nothing to replace.
import { html, json } from './html.mjs';
import { nameOf } from './market.mjs';
import { PRODUCTS, priceIn } from './products.mjs';
import { DEFAULT_LANGUAGE, within } from './slots.mjs';
import { directionOf, languageOf, wordsOf } from './words.mjs';

/** Writes the page of a market. */
export function page(state) {
  const { market, markets, decisions, nonce, refresh } = state;
  const say = wordsOf(market);
  const value = (key) => decisions.slots[key].value;
  const columns = within(1, Math.round(value('listing.columns')), 6);
  const photo = within(0.5, value('product.photo'), 2);
  return `<!doctype html>\n${html`<html lang="${market}" dir="${directionOf(market)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('shop')}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/shop.css">
<style nonce="${nonce}">:root { --columns: ${columns}; --photo: ${photo}; }</style>
${markets.map((other) => html`<link rel="alternate" hreflang="${other}" href="/${other}/">\n`)}
<script src="/shop.js" type="module"></script>
</head>
<body>
<a class="skip" href="#products">${say('skip')}</a>
<header><p class="name">${say('shop')}</p>${marketSwitch(state, say)}</header>
${consentBar(state, say)}
${suggestionBar(state)}
<main>
${hero(state)}
${listing(state, say)}
${basket(state, say)}
</main>
<footer><p>${say('note')}</p>${state.consent && privacyChoice(state, say)}</footer>
<script type="application/json" id="decisions">${json({ slots: decisions.slots, refresh })}</script>
</body>
</html>`}\n`;
}

/** Marks an element as a slot: what was seen, and what a click on it means, is told with its decision. */
function slot({ decisions, market }, key, field = '') {
  const { id } = decisions.slots[key];
  // A default is in the language that it was written in, wherever it is shown.
  const own = id === null && languageOf(market) !== DEFAULT_LANGUAGE && html` lang="${DEFAULT_LANGUAGE}" dir="ltr"`;
  return html`data-slot="${key}" data-field="${field}"${own}`;
}

function hero(state) {
  const { title, text, button } = state.decisions.slots['home.hero'].value;
  return html`<section class="hero">
<h1 data-seen="home.hero" ${slot(state, 'home.hero', 'title')}>${title}</h1>
<p ${slot(state, 'home.hero', 'text')}>${text}</p>
<a class="button" href="#products" data-goal="home.hero" ${slot(state, 'home.hero', 'button')}>${button}</a>
</section>`;
}

function listing(state, say) {
  const { market } = state;
  const items = PRODUCTS.map((product, place) => html`<li${place === 0 && html` data-seen="listing.columns product.photo product.cta"`}>
<svg class="photo" role="img" aria-label="${say('photo', { product: say(product.id) })}" viewBox="0 0 120 90"><use href="/icon.svg#${product.shape}"/></svg>
<h3>${say(product.id)}</h3>
<p>${priceIn(market, product)}</p>
<form method="post" action="/basket"><input type="hidden" name="at" value="${market}">
<button name="add" value="${product.id}" data-goal="product.cta listing.columns product.photo" aria-describedby="${product.id}"><span ${slot(state, 'product.cta')}>${state.decisions.slots['product.cta'].value}</span></button><span hidden id="${product.id}">${say(product.id)}</span></form>
</li>`);
  return html`<section id="products" aria-labelledby="products-title">
<h2 id="products-title">${say('products')}</h2>
<ul class="listing">${items}</ul>
</section>`;
}

function basket(state, say) {
  const { market, basket: ids, decisions, thanks } = state;
  const express = decisions.slots['checkout.express'].value;
  const filled = html`<ul>${ids.map((id) => html`<li>${say(id)}</li>`)}</ul>
<form method="post" action="/order" data-seen="checkout.express"><input type="hidden" name="at" value="${market}">
<button data-goal="basket.reassurance checkout.express">${say(express ? 'express' : 'order')}</button></form>
<p data-seen="basket.reassurance" ${slot(state, 'basket.reassurance')}>${decisions.slots['basket.reassurance'].value}</p>`;
  return html`<section id="basket" aria-labelledby="basket-title">
<h2 id="basket-title">${say('basket')}</h2>
${thanks && html`<p role="status">${say('ordered')}</p>`}
${ids.length === 0 ? html`<p>${say('empty')}</p>` : filled}
</section>`;
}

/** Always there: nobody is kept in a market that was guessed. */
function marketSwitch({ market, markets }, say) {
  const options = markets.map((id) => html`<option value="${id}" lang="${id}"${id === market ? html` selected` : ''}>${nameOf(id)}</option>`);
  return html`<form class="switch" method="post" action="/market">
<label for="market">${say('market')}</label>
<select id="market" name="market">${options}</select>
<button>${say('change')}</button>
</form>`;
}

/** Said in the language of the market that is suggested, for whoever reads it. */
function suggestionBar({ market, suggested }) {
  if (!suggested) return '';
  const say = wordsOf(suggested);
  return html`<section class="bar" lang="${suggested}" dir="${directionOf(suggested)}" aria-label="${say('market')}">
<p>${say('suggest', { market: nameOf(suggested) })}</p>
<form method="post" action="/market"><button name="market" value="${suggested}">${say('go')}</button></form>
<form method="post" action="/suggestion"><input type="hidden" name="at" value="${market}"><button>${say('stay')}</button></form>
</section>`;
}

/** Two answers of the same weight; until one is given, it counts as no. */
function consentBar({ consent, market }, say) {
  if (consent) return '';
  return html`<section class="bar consent" aria-labelledby="consent-title">
<p id="consent-title" class="ask">${say('ask')}</p>
<p>${say('askText')}</p>
<form method="post" action="/consent"><input type="hidden" name="at" value="${market}">
<button name="choice" value="yes">${say('yes')}</button> <button name="choice" value="no">${say('no')}</button></form>
</section>`;
}

function privacyChoice({ consent, market }, say) {
  const other = consent === 'yes' ? 'no' : 'yes';
  return html`<form method="post" action="/consent"><input type="hidden" name="at" value="${market}">
<p>${say('privacy')}: ${say(consent === 'yes' ? 'yes' : 'no')}</p> <button name="choice" value="${other}">${say(other)}</button></form>`;
}
