// Opens a real server in a real browser. There is no stand-in for the server:
// a test that passes against a stand-in says nothing about the product.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const need = (name) => {
  const value = process.env[name];
  if (!value) throw new Error(`set ${name}: these tests need a running server, see web/README.md`);
  return value;
};

export const url = () => need('MILIEU_URL').replace(/\/$/, '');
export const login = () => need('MILIEU_LOGIN');
export const password = () => need('MILIEU_PASSWORD');

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
  chromium.launch({ executablePath: process.env['MILIEU_CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });

/** One log-in per test file: servers slow down those who try often. */
export async function logInOnce(browser) {
  const context = await browser.newContext();
  const answer = await context.request.post(`${url()}/api/v1/session`, {
    data: { name: login(), password: password() },
    headers: { Origin: url() },
  });
  if (!answer.ok()) throw new Error(`the log-in of ${login()} was answered with ${answer.status()}`);
  const state = await context.storageState();
  await context.close();
  return state;
}

/**
 * A page with its complaints: whatever the console calls an error, and every
 * breach of the content policy.
 */
export async function open(browser, { state, locale = 'en', scheme = 'light', width = 1280, height = 900, bypassCSP = false } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    bypassCSP,
    ...(state ? { storageState: state } : {}),
  });
  await context.addInitScript(
    ([language, colours]) => {
      localStorage.setItem('milieu.locale', language);
      localStorage.setItem('milieu.colour-scheme', colours);
    },
    [locale, scheme],
  );
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints, close: () => context.close() };
}

export async function visit(page, path) {
  await page.goto(`${url()}${path}`);
  await page.locator('h1').waitFor();
  await page.locator('.mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

/** Asks the server itself, as the page would, to know what the page ought to show. */
export const ask = (page, path) =>
  page.evaluate(async (address) => {
    const response = await fetch(address);
    return response.json();
  }, path);

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Needs a page opened with `bypassCSP`, for the checker is a script of its own. */
export async function violations(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`);
}

/** Elements that reach beyond the page, for the message of a failed test. */
export const overflow = (page) =>
  page.evaluate(() => {
    const root = document.scrollingElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return root.clientWidth + 1 < box.right || box.left < -1;
      })
      .slice(0, 5)
      .map((element) => element.outerHTML.slice(0, 160));
  });
