// A small shop that shows in each market what local people approved there. Plain Node, no packages.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';
import { readBasket, writeBasket } from './src/basket.mjs';
import { cookies, isOwn, readBody, redirect, remember, send } from './src/http.mjs';
import { chosenMarket, listMarkets, suggestion } from './src/market.mjs';
import { connect } from './src/milieu.mjs';
import { page } from './src/page.mjs';
import { readEvents } from './src/events.mjs';

const FILES = { '/shop.js': 'text/javascript; charset=utf-8', '/shop.css': 'text/css; charset=utf-8', '/icon.svg': 'image/svg+xml' };

/** The shop as a function of a request; `settings` says where Milieu is and which keys to use. */
export function shop(settings) {
  const milieu = connect(settings);
  return async (request, response) => {
    try {
      await route(request, response, milieu, settings);
    } catch (error) {
      if (!response.headersSent) send(response, error.status ?? 500, 'text/plain', error.status ? error.message : 'Something went wrong.');
      if (!error.status) console.error(error);
    }
  };
}

async function route(request, response, milieu, settings) {
  const url = new URL(request.url, 'http://shop');
  const type = FILES[url.pathname];
  if (type) return send(response, 200, type, await readFile(new URL(`public${url.pathname}`, import.meta.url)));
  const jar = cookies(request);
  const markets = await listMarkets(milieu);
  if (request.method === 'POST') {
    if (!isOwn(request)) return send(response, 403, 'text/plain', 'Only this shop’s own pages may ask for that.');
    if (url.pathname === '/events') return takeEvents(request, response, jar, milieu);
    const form = new URLSearchParams(await readBody(request));
    return act(url.pathname, { form, response, jar, markets, milieu });
  }
  const [, first, ...rest] = url.pathname.split('/');
  const named = markets.find((market) => market === first);
  if (request.method !== 'GET' || (!named && url.pathname !== '/') || rest.join('/') !== '') {
    return send(response, 404, 'text/plain', 'There is no such page.');
  }
  const market = named ?? chosenMarket(jar, markets);
  return show(request, response, { market, jar, markets, milieu, settings, thanks: url.searchParams.has('ordered') });
}

/** Renders the page with its decisions: nothing has to change once it is there. */
async function show(request, response, { market, jar, markets, milieu, settings, thanks }) {
  const visitor = visitorOf(jar);
  const decisions = await milieu.decide(visitor, market);
  const nonce = randomUUID();
  const html = page({
    market,
    markets,
    suggested: suggestion(request, jar, market, markets),
    consent: jar.consent ?? null,
    basket: readBasket(jar),
    decisions,
    thanks,
    nonce,
    refresh: decisions.stream ? { url: settings.url, key: settings.publicKey, visitor, market, tag: decisions.tag, stream: decisions.stream } : null,
  });
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    `connect-src 'self' ${new URL(settings.url).origin}`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  response.setHeader('Content-Security-Policy', policy.join('; '));
  response.setHeader('Vary', 'Cookie, Accept-Language');
  send(response, 200, 'text/html; charset=utf-8', html);
}

/** What the page's forms ask for; each works without a script. */
async function act(path, { form, response, jar, markets, milieu }) {
  const back = markets.includes(form.get('at')) ? `/${form.get('at')}/` : '/';
  switch (path) {
    case '/market': {
      const wanted = form.get('market');
      if (!markets.includes(wanted)) return redirect(response, back);
      remember(response, 'market', wanted);
      return redirect(response, `/${wanted}/`);
    }
    case '/suggestion':
      remember(response, 'suggestion', 'no');
      return redirect(response, back);
    case '/consent': {
      const agrees = form.get('choice') === 'yes';
      remember(response, 'consent', agrees ? 'yes' : 'no');
      remember(response, 'visitor', agrees ? (jar.visitor ?? randomUUID()) : null);
      return redirect(response, back);
    }
    case '/basket':
      writeBasket(response, readBasket(jar), form.get('add'));
      return redirect(response, `${back}#basket`);
    case '/order': {
      const order = readBasket(jar);
      const market = back.split('/')[1] || chosenMarket(jar, markets);
      if (0 < order.length) await milieu.send(consentOf(jar), [orderEvent(order, market)]);
      writeBasket(response, [], null);
      return redirect(response, `${back}?ordered#basket`);
    }
    default:
      return send(response, 404, 'text/plain', 'There is no such page.');
  }
}

const orderEvent = (order, market) => ({
  event: 'Order Completed',
  properties: { order_id: randomUUID(), quantity: order.length, market },
  messageId: randomUUID(),
  timestamp: new Date().toISOString(),
});

/** Passes on what the page reports. Who it was is known here, not there. */
async function takeEvents(request, response, jar, milieu) {
  const events = readEvents(await readBody(request));
  const arrived = await milieu.send(consentOf(jar), events);
  send(response, arrived ? 204 : 503, 'text/plain', '');
}

/** The id of a visitor who agreed. All others are one nobody: they see the same, and nothing tells them apart. */
const visitorOf = (jar) => consentOf(jar).visitor;
const consentOf = (jar) => {
  const agreed = jar.consent === 'yes' && /^[\w-]{8,64}$/.test(jar.visitor ?? '');
  return { agreed, visitor: agreed ? jar.visitor : 'nobody' };
};

/** Reads from the environment where Milieu is. */
export function readSettings(env) {
  const need = (name) => env[name] ?? fail(`set ${name}: see README.md`);
  return {
    url: need('MILIEU_URL').replace(/\/$/, ''),
    serverKey: need('MILIEU_SERVER_KEY'),
    publicKey: need('MILIEU_PUBLIC_KEY'),
    writeKey: need('MILIEU_WRITE_KEY'),
  };
}

function fail(message) {
  console.error(`error: ${message}`);
  process.exit(2);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const server = createServer(shop(readSettings(process.env)));
  server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
    console.log(`The shop is open at http://127.0.0.1:${server.address().port}/`);
  });
}
