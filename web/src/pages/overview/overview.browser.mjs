import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

test('overview', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);
  const start = async (options) => {
    const opened = await open(browser, { state, ...options });
    await visit(opened.page, '/');
    await opened.page.getByTestId('takeaway').waitFor();
    return { ...opened, overview: await ask(opened.page, '/api/v1/overview') };
  };

  await suite.test('there is one tile for each market, and each says its state in words', async () => {
    const { page, complaints, overview, close } = await start();
    const tiles = page.locator('[data-market][data-status]');
    const listed = await tiles.evaluateAll((all) => all.map((tile) => tile.dataset.market));
    assert.deepEqual(listed.toSorted(), overview.markets.map(({ market }) => market).toSorted());
    for (const words of await tiles.allInnerTexts()) assert.match(words, /Better|Worse|No difference|Too early|No slot|Quiet/);
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('a tile leads to its market by keyboard', async () => {
    const { page, close } = await start();
    const link = page.locator('[data-market] a').first();
    const market = await link.locator('..').getAttribute('data-market');
    await link.focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/markets/${market}`);
    await close();
  });

  await suite.test('the table has a row for each market and slot, and no number without its interval', async () => {
    const { page, overview, close } = await start();
    await page.getByTestId('markets').getByText('Table', { exact: true }).click();
    const rows = page.getByTestId('markets').locator('tbody tr');
    await rows.first().waitFor();
    assert.equal(await rows.count(), overview.markets.reduce((sum, { slots }) => sum + Math.max(1, slots.length), 0));
    await close();
  });

  await suite.test('the file has the same rows', async () => {
    const { page, overview, close } = await start();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByTestId('markets').getByRole('button', { name: 'CSV' }).click()]);
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    assert.equal(lines.length, 1 + overview.markets.reduce((sum, { slots }) => sum + Math.max(1, slots.length), 0));
    await close();
  });

  await suite.test('what needs a person leads to where it can be met', async () => {
    const { page, overview, close } = await start();
    assert.equal(await page.locator('[data-need]').count(), overview.needs.length);
    const review = overview.needs.find(({ kind }) => kind === 'review');
    assert.ok(review, 'the demo has texts that wait');
    await page.locator('[data-need=review] a').first().click();
    await page.waitForURL('**/reviews?market=*');
    await page.getByTestId('item').waitFor();
    await close();
  });

  await suite.test('a request that fails says so, and what was loaded can still be read', async () => {
    const { page, close } = await start();
    await page.context().setOffline(true);
    await page.getByRole('navigation').getByRole('link', { name: 'Audits' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).click();
    await page.getByTestId('takeaway').waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Audits' }).click();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Audits', level: 1 }).waitFor();
    await close();
  });

  await browser.close();
});

holdsEverywhere('overview', { path: '/', ready: (page) => page.getByTestId('takeaway').waitFor() });
