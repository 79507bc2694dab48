// Follows every link there is, as a newcomer who tries everything would.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { launch, logInOnce, open, url, visit } from '../../testing/browser.mjs';

const words = JSON.parse(readFileSync(new URL('en.json', import.meta.url), 'utf8'));
const NOWHERE = words['shell.not-found'].defaultMessage;

/** More pages than this are a hint that links lead in a circle of ever new addresses. */
const MOST = 120;

/** Where a page leads to on this server; what is only downloaded leads nowhere. */
const linksOf = (page) =>
  page.locator('a[href]:not([download])').evaluateAll((links) =>
    links
      .map((link) => new URL(link.href))
      .filter((target) => target.origin === location.origin)
      .map((target) => target.pathname + target.search),
  );

/** What the dashboard does not draw itself: documents of the API. */
const isDocument = (path) => path.startsWith('/api/');

test('every link leads to a page that nothing complains of', async (suite) => {
  const browser = await launch();
  const state = await logInOnce(browser);
  const { page, complaints, close } = await open(browser, { state });
  const known = new Set(['/']);
  try {
    for (const path of known) {
      assert.ok(known.size <= MOST, `links go on and on: ${[...known].slice(-5).join(' ')}`);
      await suite.test(path, async () => {
        if (isDocument(path)) {
          const answer = await page.request.get(`${url()}${path}`);
          assert.ok(answer.ok(), `${path} is answered with ${answer.status()}`);
          return;
        }
        complaints.length = 0;
        await visit(page, path);
        assert.notEqual(await page.locator('h1').first().innerText(), NOWHERE);
        assert.deepEqual(await page.getByRole('alert').allInnerTexts(), []);
        assert.deepEqual(complaints, []);
        for (const link of await linksOf(page)) known.add(link);
      });
    }
    assert.ok(4 < known.size, `only ${[...known].join(' ')} were found`);
  } finally {
    await close();
    await browser.close();
  }
});
