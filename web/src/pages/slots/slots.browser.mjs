import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

test('every slot of the server is listed and leads to its results', async () => {
  const browser = await launch();
  const { page } = await open(browser, { state: await logInOnce(browser) });
  await visit(page, '/slots');
  const { items } = await ask(page, '/api/v1/slots');
  assert.ok(0 < items.length, 'the demo has slots');
  const listed = await page.locator('[data-slot]').evaluateAll((cards) => cards.map((card) => card.dataset.slot));
  assert.deepEqual(listed, items.map(({ key }) => key));

  await page.getByRole('link', { name: items[0].key }).click();
  await page.waitForURL(`**/slots/${encodeURIComponent(items[0].key)}`);
  await page.getByTestId('takeaway').waitFor();
  await browser.close();
});

holdsEverywhere('slots', { path: '/slots', ready: (page) => page.locator('[data-slot]').first().waitFor() });
