import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

const WAITING = '/api/v1/reviews?state=waiting';

test('review queue', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);
  const start = async (path = '/reviews') => {
    const opened = await open(browser, { state });
    await visit(opened.page, path);
    return opened;
  };

  await suite.test('j and k walk through the queue, and the address follows', async () => {
    const { page, close } = await start();
    const { items } = await ask(page, WAITING);
    assert.ok(1 < items.length, 'the demo has items that wait');
    const openId = () => page.getByTestId('item').getAttribute('data-id');
    await page.getByTestId('item').waitFor();
    assert.equal(await openId(), String(items[0].id));
    await page.keyboard.press('j');
    await page.locator(`[data-testid=item][data-id="${items[1].id}"]`).waitFor();
    assert.equal(new URL(page.url()).searchParams.get('id'), String(items[1].id));
    await page.keyboard.press('k');
    await page.locator(`[data-testid=item][data-id="${items[0].id}"]`).waitFor();
    await close();
  });

  await suite.test('the filter by market is in the address and holds', async () => {
    const { page, close } = await start();
    const { items } = await ask(page, WAITING);
    const { market } = items[0].subject;
    await page.getByLabel('Market', { exact: true }).selectOption(market);
    await page.waitForURL(`**/reviews?market=${market}`);
    const expected = items.filter(({ subject }) => subject.market === market).map(({ id }) => String(id));
    await page.locator(`[data-review="${expected[0]}"]`).waitFor();
    const listed = await page.locator('[data-review]').evaluateAll((all) => all.map((item) => item.dataset.review));
    assert.deepEqual(listed, expected);
    await close();
  });

  await suite.test('content carries its own language and direction', async () => {
    const { page, close } = await start();
    const { items } = await ask(page, WAITING);
    await page.getByTestId('item').waitFor();
    assert.ok(0 < (await page.getByTestId('item').locator(`[lang="${items[0].subject.market}"][dir]`).count()));
    await close();
  });

  await suite.test('a proposal can be seen as it reads, in its own language', async () => {
    const { page, complaints, close } = await start();
    await page.getByTestId('item').getByText('As it reads', { exact: true }).click();
    const { items } = await ask(page, WAITING);
    await page.getByTestId('preview').locator(`[lang="${items[0].subject.market}"][dir]`).first().waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  const decidable = async (page) => {
    const { items } = await ask(page, WAITING);
    const item = items.find((candidate) => candidate.can_decide && candidate.needed === 1);
    assert.ok(item, 'the demo has an item that one approval of this person settles');
    return item;
  };

  await suite.test('rejecting without a reason asks for one', async () => {
    const { page, close } = await start();
    const item = await decidable(page);
    await visit(page, `/reviews?id=${item.id}`);
    await page.getByTestId('item').getByRole('button', { name: 'Reject' }).click();
    await page.getByText('Write a reason first').waitFor();
    assert.equal((await ask(page, WAITING)).items.some(({ id }) => id === item.id), true);
    await close();
  });

  await suite.test('a text that changed meanwhile is not approved', async () => {
    const { page, close } = await start();
    const item = await decidable(page);
    // The server is real; only the digest is made to be one of an older text.
    await page.route('**/verdicts', (route) =>
      route.continue({ postData: { ...route.request().postDataJSON(), digest: item.subject.digest.replace(/.$/, (last) => (last === '0' ? '1' : '0')) } }),
    );
    await visit(page, `/reviews?id=${item.id}`);
    await page.getByTestId('item').getByRole('button', { name: 'Approve' }).click();
    await page.getByTestId('outcome').getByText('changed while you read').waitFor();
    assert.equal((await ask(page, WAITING)).items.some(({ id }) => id === item.id), true);
    await close();
  });

  await suite.test('an approved item leaves the queue', async () => {
    const { page, complaints, close } = await start();
    const item = await decidable(page);
    await visit(page, `/reviews?id=${item.id}`);
    await page.getByTestId('item').getByRole('button', { name: 'Approve' }).click();
    await page.getByTestId('outcome').getByText('Approved.').waitFor();
    await page.locator(`[data-review="${item.id}"]`).waitFor({ state: 'detached' });
    // One market's list, because the whole history may have more pages than one.
    await visit(page, `/reviews?state=decided&market=${item.subject.market}`);
    await page.locator(`[data-review="${item.id}"]`).waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  await browser.close();
});

holdsEverywhere('review queue', { path: '/reviews', ready: (page) => page.getByTestId('item').waitFor() });
