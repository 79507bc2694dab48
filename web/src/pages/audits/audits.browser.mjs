import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, url, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

/** A translation that lost its placeholder, behind letters of two, three and four bytes. */
const CONTENT = {
  name: 'Browser test',
  markets: ['ja-JP', 'de-DE'],
  locale: 'en-US',
  files: [
    { path: 'en-US.json', text: '{"count": "You have {count} gifts"}' },
    { path: 'de-DE.json', text: '{"hello": "Grüße, 贈り物 🎁", "count": "Sie haben {anzahl} Geschenke"}' },
  ],
};

/** An audit of the server itself, made once: the server keeps one for each key. */
async function findingAudit(browser, state) {
  const { page, close } = await open(browser, { state });
  const answer = await page.request.post(`${url()}/api/v1/audits`, { data: CONTENT, headers: { Origin: url(), 'Idempotency-Key': 'browser-test' } });
  assert.ok(answer.ok(), await answer.text());
  const audit = await answer.json();
  assert.ok(0 < audit.report.findings.length, 'a lost placeholder is found');
  await close();
  return audit;
}

test('audits', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);
  const kept = await findingAudit(browser, state);
  const start = async (path) => {
    const opened = await open(browser, { state });
    await visit(opened.page, path);
    return opened;
  };

  await suite.test('every kept audit is listed and leads to its result', async () => {
    const { page, complaints, close } = await start('/audits');
    const { items } = await ask(page, '/api/v1/audits');
    const listed = await page.locator('[data-audit]').evaluateAll((all) => all.map((row) => row.dataset.audit));
    assert.deepEqual(listed, items.map(({ id }) => id));
    await page.locator('[data-audit] a').first().click();
    await page.getByTestId('takeaway').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('what was found is marked where it stands, also after letters of many bytes', async () => {
    const { page, close } = await start(`/audits/${kept.id}`);
    await page.locator('mark').first().waitFor();
    for (const { location } of kept.report.findings) {
      const text = kept.files.find(({ path }) => path === location.file)?.text;
      if (!text) continue;
      const cut = new TextDecoder().decode(new TextEncoder().encode(text).subarray(location.byte_start, location.byte_end));
      const marks = await page.locator(`[data-file="${location.file}"] mark`).allInnerTexts();
      assert.ok(marks.join('').includes(cut.replaceAll('\n', '')), `${cut} is among ${marks.join(' | ')}`);
    }
    await close();
  });

  await suite.test('a number in the text leads to its finding and back', async () => {
    const { page, close } = await start(`/audits/${kept.id}`);
    await page.getByRole('link', { name: 'To finding 1', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.locator('#finding-1:target').waitFor();
    await page.getByRole('link', { name: 'Finding 1: to its place in the text' }).click();
    await page.locator('#place-1:target').waitFor();
    await close();
  });

  await suite.test('the filter by market is in the address and holds', async () => {
    const { page, close } = await start(`/audits/${kept.id}`);
    const { market } = kept.report.findings[0];
    await page.getByLabel('Market', { exact: true }).selectOption(market);
    await page.waitForURL(`**market=${market}`);
    const places = new Set(
      [...kept.report.findings, ...kept.report.unsure]
        .filter((finding) => finding.market === market)
        .map(({ code, outcome, location }) => [code, outcome, location.file, location.byte_start, location.byte_end].join()),
    );
    assert.equal(await page.locator('[data-code]').count(), places.size);
    await close();
  });

  await suite.test('the file has a line for every finding', async () => {
    const { page, close } = await start(`/audits/${kept.id}`);
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'CSV' }).click()]);
    const { findings, unsure, suppressed = [] } = kept.report;
    assert.equal(readFileSync(await file.path(), 'utf8').trim().split('\r\n').length, 1 + findings.length + unsure.length + suppressed.length);
    await close();
  });

  await suite.test('an empty form says what is missing, and takes the keyboard there', async () => {
    const { page, close } = await start('/audits/new');
    await page.getByRole('button', { name: 'Audit', exact: true }).click();
    await page.getByText('Write or paste a text, or add a file.').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'audit-content');
    await close();
  });

  await suite.test('files that are too large are refused before they are sent', async () => {
    const { page, complaints, close } = await start('/audits/new');
    await page.locator('input[type=file]').setInputFiles({ name: 'big.txt', mimeType: 'text/plain', buffer: Buffer.alloc(3_000_000, 97) });
    await page.getByText('big.txt').waitFor();
    await page.getByRole('button', { name: 'Audit', exact: true }).click();
    await page.getByText('at most 2.5 MB fit').waitFor();
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('a text is audited by keyboard alone, and markup in it stays text', async () => {
    const { page, complaints, close } = await start('/audits/new');
    await page.getByLabel('Text', { exact: true }).fill('🎁 贈り物は白い封筒でお届けします。\n\n<img src=x onerror="document.title=1">');
    await page.getByLabel('Search').fill('Japan');
    const box = page.getByTestId('market-choices').getByRole('checkbox').first();
    assert.equal(await box.isChecked(), true);
    await page.getByRole('button', { name: 'Audit', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('takeaway').waitFor();
    assert.equal(await page.locator('img').count(), 0);
    assert.notEqual(await page.title(), '1');
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('an unknown audit says what to do next', async () => {
    const { page, close } = await start('/audits/none');
    await page.getByText('There is no such audit').waitFor();
    await close();
  });

  await browser.close();
});

holdsEverywhere('audits', {
  path: async (browser, state) => {
    await findingAudit(browser, state);
    return '/audits';
  },
  ready: (page) => page.locator('[data-audit]').first().waitFor(),
});
holdsEverywhere('a new audit', { path: '/audits/new', ready: (page) => page.getByTestId('market-choices').waitFor() });
holdsEverywhere('an audit', {
  path: async (browser, state) => `/audits/${(await findingAudit(browser, state)).id}`,
  ready: (page) => page.getByTestId('takeaway').waitFor(),
});
