// A real Chromium with a page of another origin than the server's, so that what browsers enforce is enforced.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const launch = () =>
  chromium.launch({ executablePath: process.env.MILIEU_CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });

/** Bundles a script of `page/` as a site would, and serves it on a page of its own origin. */
export async function startSite(script) {
  const entryPoints = [fileURLToPath(new URL(`page/${script}`, import.meta.url))];
  const { outputFiles } = await build({
    entryPoints,
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  });
  const served = {
    '/': ['text/html; charset=utf-8', '<!doctype html><html lang="en"><title>A site</title><script type="module" src="/page.js"></script>'],
    '/page.js': ['text/javascript; charset=utf-8', outputFiles[0].contents],
    '/favicon.ico': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
  };
  const server = createServer((incoming, outgoing) => {
    const [type, body] = served[new URL(incoming.url, 'http://site').pathname] ?? served['/'];
    outgoing.writeHead(200, { 'content-type': type, connection: 'close' });
    outgoing.end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${server.address().port}/`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Opens the site in a context of its own; `complaints` holds what the console calls an error. */
export async function openPage(browser, site) {
  const context = await browser.newContext({ locale: 'ja-JP' });
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.ready === true);
  return { page, context, complaints, close: () => context.close() };
}
