import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, url, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

/** A decision of the server itself, asked for as a site would. */
async function decide(page) {
  const { items } = await ask(page, '/api/v1/slots');
  const { workspace } = await ask(page, '/api/v1/session');
  const made = await page.request.post(`${url()}/api/v1/keys`, { data: { kind: 'server', label: 'browser test' }, headers: { Origin: url() } });
  const key = await made.json();
  assert.ok(made.ok(), JSON.stringify(key));
  const answer = await page.request.post(`${url()}/ofrep/v1/evaluate/flags/${items[0].key}`, {
    data: { context: { targetingKey: 'browser-test', market: workspace.markets[0] } },
    headers: { Authorization: `Bearer ${key.key}` },
  });
  assert.ok(answer.ok(), await answer.text());
  return answer.json();
}

test('decisions', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);
  const start = async (path = '/decisions') => {
    const opened = await open(browser, { state });
    await visit(opened.page, path);
    return opened;
  };

  await suite.test('without a token the page says where to find one', async () => {
    const { page, complaints, close } = await start();
    await page.getByText('decisionId').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('a whole answer that was pasted is explained by keyboard, and the address keeps it', async () => {
    const { page, complaints, close } = await start();
    const answer = await decide(page);
    await page.getByLabel('Decision token').fill(JSON.stringify(answer));
    await page.keyboard.press('Enter');
    const told = page.getByTestId('explanation');
    await told.waitFor();
    assert.equal(new URL(page.url()).searchParams.get('token'), answer.metadata.decisionId);
    const explained = await ask(page, `/api/v1/decisions/${answer.metadata.decisionId}`);
    const words = await told.innerText();
    for (const reason of explained.reasons) assert.ok(words.includes(reason), reason);
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('what is no token is told kindly', async () => {
    const { page, close } = await start('/decisions?token=abc');
    await page.getByText('This is not a token of this workspace').waitFor();
    await close();
  });

  await browser.close();
});

holdsEverywhere('decisions', { path: '/decisions', ready: (page) => page.getByText('decisionId').waitFor() });
