import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ask, launch, logInOnce, open, url, visit } from '../../../testing/browser.mjs';
import { holdsEverywhere } from '../../../testing/everywhere.mjs';

const addressOf = (key) => `/slots/${encodeURIComponent(key)}`;

/** The first slot of the server that has a row to show. */
async function measuredSlot(browser, state) {
  const { page, close } = await open(browser, { state });
  await page.goto(`${url()}/slots`);
  const { items } = await ask(page, '/api/v1/slots');
  for (const { key } of items) {
    const report = await ask(page, `/api/v1/reports/ctr?slot=${encodeURIComponent(key)}`);
    if (report.markets.some(({ kind }) => kind === 'difference')) {
      await close();
      return { key, report };
    }
  }
  throw new Error('no slot of the server has results');
}

/** Contrast of two colours as WCAG 2.2 defines it; axe does not look into pictures. */
function contrast(one, other) {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

test('results of a slot', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);
  const { key, report } = await measuredSlot(browser, state);
  const markets = report.markets.filter(({ kind }) => kind === 'difference').map(({ market }) => market);
  const start = async (options) => {
    const opened = await open(browser, { state, ...options });
    await visit(opened.page, addressOf(key));
    await opened.page.getByTestId('market-plot').waitFor();
    return opened;
  };

  await suite.test('there is a row for each market and one over all', async () => {
    const { page, complaints, close } = await start();
    const rows = page.getByTestId('market-plot').locator('[data-row]');
    assert.deepEqual(await rows.evaluateAll((all) => all.map((row) => row.dataset.row)), [...markets, 'all']);
    for (const spoken of await rows.evaluateAll((all) => all.map((row) => row.getAttribute('aria-label'))))
      assert.match(spoken, /n\u00a0=\u00a0/, 'a number is never without its sample size');
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('where it is too early there is a reason and no number', async () => {
    const { page, close } = await start();
    const early = report.markets.filter(({ kind, verdict }) => kind === 'difference' && verdict === 'too-early');
    for (const { market, reason } of early) {
      const row = page.getByTestId('market-plot').locator(`[data-row="${market}"]`);
      assert.equal(await row.locator('svg[width="100%"]').count(), 0);
      if (reason) assert.ok(0 < (await row.getByText(/\p{L}/u).count()));
    }
    await close();
  });

  await suite.test('the table holds every row of the report', async () => {
    const { page, complaints, close } = await start();
    await page.getByRole('radiogroup', { name: 'Show as', exact: true }).getByText('Table', { exact: true }).click();
    await page.getByTestId('table').waitFor();
    assert.equal(await page.getByTestId('table').locator('tbody tr').count(), report.markets.length + 3);
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('the file holds every row of the report', async () => {
    const { page, complaints, close } = await start();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Download CSV' }).click()]);
    assert.equal(file.suggestedFilename(), `${key}-ctr.csv`);
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    assert.match(lines[0], /market,kind,variant/);
    assert.equal(lines.length, 1 + report.markets.length + 3);
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('the chart is one tab stop, and arrow keys go from row to row', async () => {
    const { page, close } = await start();
    const plot = page.getByTestId('market-plot');
    assert.equal(await plot.locator('[tabindex="0"]').count(), 1);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-row'));
    await plot.locator('[data-row]').first().focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await focused(), [...markets, 'all'][1]);
    await page.keyboard.press('End');
    assert.equal(await focused(), 'all');
    await page.keyboard.press('Home');
    assert.equal(await focused(), markets[0]);
    assert.equal(await plot.locator('[tabindex="0"]').count(), 1);
    await close();
  });

  await suite.test('in a right-to-left page the axis is mirrored', async () => {
    const zeroAt = async (locale) => {
      const { page, close } = await start({ locale });
      const zero = page.getByTestId('market-plot').locator('svg[width="100%"] line[class*="zero"]').first();
      const at = (await zero.count()) ? Number.parseFloat(await zero.getAttribute('x1')) : null;
      await close();
      return at;
    };
    const [ltr, rtl] = [await zeroAt('en'), await zeroAt('ar-XB')];
    if (ltr !== null) assert.ok(Math.abs(ltr + rtl - 100) < 12, `${ltr} and ${rtl} are mirrored`);
  });

  for (const scheme of ['light', 'dark'])
    await suite.test(`marks stand out from the ground: ${scheme}`, async () => {
      const { page, close } = await start({ scheme });
      const pairs = await page.locator('[data-tone] > line').evaluateAll((lines) =>
        lines.map((line) => [getComputedStyle(line).stroke, getComputedStyle(line.closest('.card') ?? document.querySelector('.card')).backgroundColor]),
      );
      for (const [stroke, ground] of pairs) assert.ok(3 <= contrast(stroke, ground), `${stroke} on ${ground}`);
      await close();
    });

  await suite.test('learning over time has a row for each variant of each market, and a file', async () => {
    const { page, complaints, close } = await start();
    const panel = page.getByTestId('learning');
    await panel.waitFor();
    const { points } = await ask(page, `/api/v1/experiments/${encodeURIComponent(key)}`);
    assert.ok(0 < points.length, 'the demo has learned something');
    const arms = points.at(-1).markets.flatMap(({ market, arms: here }) => here.map(({ variant }) => `${market} ${variant}`));
    assert.deepEqual(await panel.locator('[data-row]').evaluateAll((all) => all.map((row) => row.dataset.row)), arms);
    const [file] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'CSV' }).click()]);
    assert.ok(arms.length < readFileSync(await file.path(), 'utf8').trim().split('\r\n').length);
    assert.deepEqual(complaints, []);
    await close();
  });

  await suite.test('whether culture mattered is said as the report says it', async () => {
    const { page, close } = await start();
    assert.equal(await page.getByTestId('culture').getAttribute('data-verdict'), report.culture.verdict);
    await close();
  });

  await suite.test('an unknown slot says what to do next', async () => {
    const { page, close } = await open(browser, { state });
    await visit(page, '/slots/no.such.slot');
    await page.getByText('There is no such slot').waitFor();
    await close();
  });

  await browser.close();
});

holdsEverywhere('slot results', {
  path: async (browser, state) => addressOf((await measuredSlot(browser, state)).key),
  ready: (page) => page.getByTestId('market-plot').waitFor(),
});
