// What other programs make of a report: the OASIS schema, an XML parser, and a look at the page's markup.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';

const here = dirname(fileURLToPath(import.meta.url));
const hostile = '<script>alert(1)</script> "><img src=x onerror=alert(1)> \u202e ]]> javascript:alert(1)';
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'milieu-formats-'));
  writeFileSync(
    join(folder, 'campaign.toml'),
    [
      '[campaign]',
      'name = "Formats"',
      'source_locale = "en-US"',
      'markets = ["ja-JP", "de-DE", "fr-FR"]',
      'channel = "push"',
      'category = "alcohol"',
      'send_at = 2026-11-09T09:00:00',
      '',
      '[[ignore]]',
      'code = "LAW001"',
      'markets = ["fr-FR"]',
      'reason = "Cleared by a lawyer, for adults"',
      'until = 2027-01-31',
      '',
    ].join('\n'),
  );
  const messages = (texts) => JSON.stringify(texts, null, 1);
  writeFileSync(join(folder, 'en-US.json'), messages({ box: 'A white ribbon, {name}', kit: `${hostile} white ribbon` }));
  writeFileSync(join(folder, 'ja-JP.json'), messages({ box: 'e\u0301🎁白いリボンで', kit: `${hostile} 白いリボン` }));
  writeFileSync(join(folder, 'de-DE.json'), messages({ box: 'Band, {name}', 'product.name': 'Ariel 88' }));
  writeFileSync(join(folder, 'a b&<c>.png'), '?');
});

after(() => rmSync(folder, { recursive: true, force: true }));

function audit(format) {
  const program = process.env.MILIEU_BIN;
  assert.ok(program, 'set MILIEU_BIN to the path of the built program');
  const run = spawnSync(program, ['audit', '.', '--format', format, '--dates', '2026-11-01..2026-11-30'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(run.status, 1, run.stderr);
  return run.stdout;
}

function oasisSchema() {
  const manifest = join(here, 'schema', 'Cargo.toml');
  const options = ['metadata', '--format-version', '1', '--locked', '--manifest-path', manifest];
  const metadata = JSON.parse(execFileSync('cargo', options, { encoding: 'utf8', maxBuffer: 1 << 26 }));
  const carrier = metadata.packages.find((found) => found.name === 'serde-sarif');
  return JSON.parse(readFileSync(join(dirname(carrier.manifest_path), 'src', 'schema.json'), 'utf8'));
}

test('SARIF is valid by the OASIS schema, and its numbers point at what they name', () => {
  const schema = oasisSchema();
  assert.match(schema.$id, /oasis-tcs\/sarif-spec\/.*\/sarif-schema-2\.1\.0\.json$/);
  // The schema has a pattern that is no regular expression in Unicode mode.
  const ajv = addFormats(new Ajv({ allErrors: true, strict: false, unicodeRegExp: false }));
  const valid = ajv.compile(schema);
  const log = JSON.parse(audit('sarif'));
  assert.ok(valid(log), JSON.stringify(valid.errors, null, 1));
  assert.ok(!valid({ ...log, version: '2.0.0' }), 'the schema judges');

  const [run] = log.runs;
  const { rules } = run.tool.driver;
  const [areas] = run.taxonomies;
  assert.ok(run.results.length >= 6, 'all rules have something to say');
  for (const result of run.results) {
    assert.equal(rules[result.ruleIndex].id, result.ruleId);
    const [{ physicalLocation: place }] = result.locations;
    assert.equal(run.artifacts[place.artifactLocation.index].location.uri, place.artifactLocation.uri);
    for (const taxon of result.taxa) assert.equal(areas.taxa[taxon.index].id, taxon.id);
    const file = readFileSync(join(folder, decodeURIComponent(place.artifactLocation.uri)));
    const { byteOffset, byteLength, snippet, startLine, startColumn, endColumn } = place.region;
    assert.equal(file.subarray(byteOffset, byteOffset + byteLength).toString(), snippet.text);
    const line = [...file.toString().split('\n')[startLine - 1]];
    assert.equal(line.slice(startColumn - 1, endColumn - 1).join(''), snippet.text);
  }
  const hidden = run.results.filter((result) => result.suppressions.length > 0);
  assert.deepEqual(
    hidden.map((result) => [result.ruleId, result.properties.market, result.suppressions[0].justification]),
    [['LAW001', 'fr-FR', 'Cleared by a lawyer, for adults (until 2027-01-31)']],
  );
});

test('JUnit is XML whose counts are true', () => {
  const xml = audit('junit');
  assert.equal(XMLValidator.validate(xml), true);
  const listed = ['testsuite', 'testcase'];
  const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => listed.includes(name) });
  const { testsuites } = parser.parse(xml);
  const cases = testsuites.testsuite.flatMap((suite) => {
    assert.equal(suite.testcase.length, Number(suite['@_tests']), suite['@_name']);
    return suite.testcase;
  });
  assert.equal(cases.length, Number(testsuites['@_tests']));
  assert.equal(cases.filter((found) => found.failure).length, Number(testsuites['@_failures']));
  assert.equal(cases.filter((found) => 'skipped' in found).length, Number(testsuites['@_skipped']));
  assert.ok(cases.every((found) => found['@_name'] && found['@_classname']));
});

test('the page has no script, asks for nothing and keeps hostile text as text', () => {
  const page = audit('html');
  const [head, body] = page.split('</style>');
  assert.match(head, /Content-Security-Policy" content="default-src 'none'/);
  const tags = [...body.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/g)];
  const known = 'a article b bdi body br code div footer h1 h2 h3 h4 head header html li main mark nav p pre section span strong table tbody td th thead tr ul';
  for (const [tag, name, attributes] of tags) {
    assert.ok(known.split(' ').includes(name), tag);
    for (const [, attribute, value] of attributes.matchAll(/([a-z-]+)="([^"]*)"/g)) {
      assert.ok(['id', 'class', 'dir', 'href', 'scope', 'aria-label', 'lang'].includes(attribute), tag);
      if (attribute === 'href') assert.match(value, /^#/);
    }
  }
  assert.ok(!/https?:|url\(|@import|\u202e/.test(page));
  assert.ok(body.includes('&lt;script&gt;alert(1)&lt;/script&gt;'));
});

test('annotations and diagnostics hold one finding a line', () => {
  const commands = audit('github').trimEnd().split('\n');
  assert.ok(commands.every((line) => /^::(error|warning|notice) /.test(line)));
  const diagnostics = audit('rdjsonl').trimEnd().split('\n').map((line) => JSON.parse(line));
  for (const { location } of diagnostics) {
    const { start, end } = location.range;
    const line = Buffer.from(readFileSync(join(folder, location.path), 'utf8').split('\n')[start.line - 1]);
    const meant = line.subarray(start.column - 1, end.column - 1).toString();
    assert.ok(!meant.includes('\ufffd'), 'columns cut no character');
  }
});
