// Writes a picture of every page in both colour schemes, directions and widths
// to the folder named by MILIEU_SHOTS, for people to look at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ask, launch, logInOnce, open, visit } from '../testing/browser.mjs';

const folder = process.env['MILIEU_SHOTS'];
if (!folder) throw new Error('set MILIEU_SHOTS to the folder for the pictures');
mkdirSync(folder, { recursive: true });

const browser = await launch();
const state = await logInOnce(browser);
const probe = await open(browser, { state });
await visit(probe.page, '/slots');
const [slot] = (await ask(probe.page, '/api/v1/slots')).items;
const [audit] = (await ask(probe.page, '/api/v1/audits')).items;
const { workspace } = await ask(probe.page, '/api/v1/session');
await probe.close();

const pages = {
  login: '/login',
  overview: '/',
  slots: '/slots',
  reviews: '/reviews',
  audits: '/audits',
  'new-audit': '/audits/new',
  markets: '/markets',
  decisions: '/decisions',
  ...(slot ? { 'slot-results': `/slots/${encodeURIComponent(slot.key)}` } : {}),
  ...(audit ? { audit: `/audits/${audit.id}` } : {}),
  ...(workspace.markets[0] ? { market: `/markets/${workspace.markets[0]}` } : {}),
};
// More languages on request: MILIEU_SHOT_LOCALES=en,en-XA,ar-XB
const locales = (process.env['MILIEU_SHOT_LOCALES'] ?? 'en,ar-XB').split(',');
for (const [name, path] of Object.entries(pages))
  for (const scheme of ['light', 'dark'])
    for (const locale of locales)
      for (const width of [1280, 390]) {
        const { page, close } = await open(browser, { state: name === 'login' ? undefined : state, scheme, locale, width });
        await visit(page, path);
        await page.screenshot({ path: join(folder, `${name}-${scheme}-${locale}-${width}.png`), fullPage: true });
        await close();
      }
await browser.close();
