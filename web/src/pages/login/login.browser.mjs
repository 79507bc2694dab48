import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, login, open, password, url, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

/** A browser notes each refused request; being asked to log in is no fault. */
const refused = (complaint) => /status of 401/.test(complaint) && complaint.includes('/api/v1/session');

test('logging in', async (suite) => {
  const browser = await launch();

  await suite.test('a wrong password is explained and lets nobody in', async () => {
    const { page, close } = await open(browser);
    await visit(page, '/login');
    await page.getByLabel('Name', { exact: true }).fill(login());
    await page.getByLabel('Password', { exact: true }).fill(`${password()}-not`);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').getByText('do not match').waitFor();
    assert.match(page.url(), /\/login/);
    await close();
  });

  await suite.test('a name and its password lead to where one wanted to go', async () => {
    const { page, complaints, close } = await open(browser);
    await visit(page, '/reviews?state=decided');
    assert.match(page.url(), /\/login\?next=/);
    await page.getByLabel('Name', { exact: true }).fill(login());
    await page.getByLabel('Password', { exact: true }).fill(password());
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL('**/reviews?state=decided');
    await page.getByRole('heading', { level: 1, name: 'Review queue' }).waitFor();
    assert.deepEqual(complaints.filter((complaint) => !refused(complaint)), []);
    await close();
  });

  await suite.test('no address of another site is followed after the login', async () => {
    const { page, close } = await open(browser);
    await visit(page, '/login?next=//elsewhere.example/');
    await page.getByLabel('Name', { exact: true }).fill(login());
    await page.getByLabel('Password', { exact: true }).fill(password());
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.waitForURL(`${url()}/`);
    await close();
  });

  await browser.close();
});

holdsEverywhere('login', {
  path: '/login',
  loggedIn: false,
  expected: refused,
  ready: (page) => page.locator('form').waitFor(),
});
