import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, visit } from '../../testing/browser.mjs';

test('the frame of every page', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);

  await suite.test('it names the workspace, and says when visitors are simulated', async () => {
    const { page, close } = await open(browser, { state });
    await visit(page, '/slots');
    const { workspace } = await ask(page, '/api/v1/session');
    assert.equal(await page.getByTestId('workspace').innerText(), workspace.name);
    assert.equal(await page.getByTestId('simulated').isVisible(), workspace.simulated);
    await close();
  });

  await suite.test('on a phone the menu opens on demand and closes after a choice', async () => {
    const { page, close } = await open(browser, { state, width: 390, height: 844 });
    await visit(page, '/slots');
    const link = page.getByRole('navigation').getByRole('link', { name: 'Review queue' });
    assert.equal(await link.isVisible(), false);
    await page.getByRole('button', { name: 'Open the menu' }).click();
    await link.click();
    await page.waitForURL('**/reviews');
    await link.waitFor({ state: 'hidden' });
    await close();
  });

  await suite.test('language and colours change at once', async () => {
    const { page, close } = await open(browser, { state });
    await visit(page, '/slots');
    await page.getByText('Dark', { exact: true }).click({ force: true });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await page.getByLabel('Language').selectOption('ar-XB');
    await page.locator('html[dir=rtl][lang=ar-XB]').waitFor();
    await close();
  });

  await suite.test('logging out ends the session', async () => {
    const own = await logInOnce(browser);
    const { page, close } = await open(browser, { state: own });
    await visit(page, '/slots');
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.waitForURL('**/login');
    await visit(page, '/slots');
    assert.match(page.url(), /\/login/);
    await close();
  });

  await browser.close();
});
