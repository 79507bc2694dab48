import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

const MARKET = 'ja-JP';

test('markets', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);
  const start = async (path) => {
    const opened = await open(browser, { state });
    await visit(opened.page, path);
    return opened;
  };

  await suite.test('every market is listed, and the search finds it by its own name', async () => {
    const { page, complaints, close } = await start('/markets');
    const { items } = await ask(page, '/api/v1/markets');
    assert.equal(await page.locator('[data-market]').count(), items.length);
    await page.getByLabel('Search').fill('日本語');
    await page.getByRole('status').getByText('1 market').waitFor();
    await page.locator(`[data-market="${MARKET}"] a`).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/markets/${MARKET}`);
    await page.getByTestId('claims').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('claims stand below their facet, with grade and sources', async () => {
    const { page, complaints, close } = await start(`/markets/${MARKET}`);
    await page.getByTestId('claims').waitFor();
    const market = await ask(page, `/api/v1/markets/${MARKET}`);
    for (const [facet, ids] of Object.entries(market.claims)) assert.equal(await page.locator(`details[data-facet="${facet}"] [data-claim]`).count(), ids.length, facet);
    const colour = page.locator('details[data-facet=colour]');
    await colour.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    await colour.getByText(/ask somebody local|thinly|well documented|can be relied on/).first().waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('what is not known is said, with the next step', async () => {
    const { page, close } = await start(`/markets/${MARKET}`);
    const nothing = page.getByTestId('nothing-known');
    await nothing.getByText('docs/packs.md').waitFor();
    const market = await ask(page, `/api/v1/markets/${MARKET}`);
    const empty = await nothing.locator('[data-facet]').evaluateAll((all) => all.map((item) => item.dataset.facet));
    assert.ok(0 < empty.length);
    assert.deepEqual(empty.filter((facet) => market.claims[facet]), []);
    await close();
  });

  await suite.test('an unknown market says what to do next', async () => {
    const { page, close } = await start('/markets/xx-XX');
    await page.getByText('Nothing is known about this market').waitFor();
    await close();
  });

  await browser.close();
});

holdsEverywhere('markets', { path: '/markets', ready: (page) => page.locator('[data-market]').first().waitFor() });
holdsEverywhere('a market', { path: '/markets/ar-SA', ready: (page) => page.getByTestId('claims').waitFor() });
