// What must hold on each page, in each language, colour scheme and width.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, logInOnce, open, overflow, violations, visit } from './browser.mjs';

/**
 * `ready` waits for what the page is about; `path` may depend on the server,
 * so it is asked for when the tests run.
 */
export function holdsEverywhere(name, { path, ready, loggedIn = true, expected = () => false }) {
  test(`${name}, everywhere`, async (suite) => {
    const browser = await launch();
    try {
      const state = loggedIn ? await logInOnce(browser) : undefined;
      const where = typeof path === 'string' ? path : await path(browser, state);
      const load = async (options) => {
        const opened = await open(browser, { ...options, state });
        await visit(opened.page, where);
        await ready(opened.page);
        return opened;
      };

      for (const scheme of ['light', 'dark'])
        for (const locale of ['en', 'ar-XB'])
          await suite.test(`axe finds nothing: ${scheme}, ${locale}`, async () => {
            const { page, close } = await load({ scheme, locale, bypassCSP: true });
            assert.deepEqual(await violations(page), []);
            await close();
          });

      for (const locale of ['en', 'en-XA', 'ar-XB'])
        await suite.test(`nothing sticks out of a phone, nothing is complained of: ${locale}`, async () => {
          const { page, complaints, close } = await load({ locale, width: 390, height: 844 });
          assert.deepEqual(await overflow(page), []);
          assert.deepEqual(
            complaints.filter((complaint) => !expected(complaint)),
            [],
          );
          assert.equal(await page.locator('html').getAttribute('lang'), locale);
          assert.equal(await page.locator('html').getAttribute('dir'), locale === 'ar-XB' ? 'rtl' : 'ltr');
          await close();
        });
    } finally {
      await browser.close();
    }
  });
}
