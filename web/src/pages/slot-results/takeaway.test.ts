import { createIntl } from 'react-intl';
import { expect, test } from 'vitest';
import { startCatalogue } from '../../i18n/locales';
import { translator } from '../../i18n/text';
import { cell, early, reportOf } from './example';
import type { Report } from './report';
import { spread, takeaway, type SentenceNumbers } from './takeaway';

const t = translator(createIntl({ locale: 'en', messages: startCatalogue }));
const numbers: SentenceNumbers = {
  rate: (share) => `${(share * 100).toFixed(1)}%`,
  points: (difference) => `${0 < difference ? '+' : ''}${(difference * 100).toFixed(1)}`,
  level: (share) => `${share * 100}%`,
  count: String,
};
/** Without the marks that only steer the direction of text. */
const bare = (text: string) => text.replace(/[\u2068\u2069]/g, '').replaceAll('\u00a0', ' ');
const sentence = (report: Report) => {
  const { id, values } = takeaway(report, numbers);
  return bare(t(id, values));
};

test('the sentence counts verdicts and gives the overall difference with interval and n', () => {
  const report = reportOf([cell({}), cell({ verdict: 'adapted-worse' }), cell({ verdict: 'no-difference-seen' }), early()]);
  expect(sentence(report)).toBe(
    'Adapted content did better in 1 of 4 markets and worse in 1; no difference is seen in 1; for 1 it is too early to say. ' +
      'Over all markets the difference is +0.7 points (95% interval +0.2 to +2.2, n = 12,345).',
  );
});

test('what did not happen is not mentioned', () => {
  expect(sentence(reportOf([cell({}), cell({})]))).toMatch(/^Adapted content did better in 2 of 2 markets\. Over/);
});

test('while every market is too early there is no number', () => {
  expect(sentence(reportOf([early(), early()], 'too-early'))).toBe(
    'It is too early to say whether adapted content does better: none of the 2 markets has seen enough visitors yet.',
  );
});

test('an overall difference that is too early is left out', () => {
  expect(sentence(reportOf([cell({}), early()], 'too-early'))).toMatch(/Over all markets it is too early to say\.$/);
});

test('an empty report says what has to happen first', () => {
  expect(sentence(reportOf([], null))).toMatch(/once visitors see this slot/);
});

test('a spread between markets has an interval and no sign', () => {
  const report = reportOf([cell({}), cell({})]);
  report.heterogeneity = { markets: 2, tau: 0.012, tau_low: 0.006, tau_high: 0.022, reason: null };
  const { id, values } = spread(report, numbers);
  expect(bare(t(id, values))).toContain('about 1.2 points (standard deviation; 95% interval 0.6 to 2.2)');
});
