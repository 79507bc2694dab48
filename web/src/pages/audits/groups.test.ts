import { expect, test } from 'vitest';
import { readAuditSearch, type Finding } from './audit';
import { groupsOf, sayingsOf } from './groups';

const finding = (over: Partial<Finding> = {}, at: [number, number] = [5, 9], file = 'a.md'): Finding => ({
  code: 'NUM001',
  rule: 'unlucky-number',
  area: 'number',
  severity: 'warning',
  confidence: 'likely',
  basis: 'practice',
  outcome: 'violation',
  market: 'ja-JP',
  message: 'a set of four',
  why: 'sounds like death',
  advice: [],
  claims: ['jp.number.four-gift'],
  location: { file, line: 1, column: 1, byte_start: at[0], byte_end: at[1], text: 'four' },
  fingerprint: 'f',
  ...over,
});

test('one place and rule is one group, however many markets it is about', () => {
  const [group, ...others] = groupsOf([finding(), finding({ market: 'ko-KR', severity: 'error' })], [], {});
  expect([group!.findings.length, group!.severity, group!.number, others.length]).toEqual([2, 'error', 1, 0]);
});

test('groups follow the text', () => {
  const groups = groupsOf([finding({}, [50, 52]), finding({ code: 'COL001' }, [1, 4]), finding({}, [0, 1], 'b.md')], [], {});
  expect(groups.map(({ number, findings: [first] }) => [number, first!.location.file, first!.location.byte_start])).toEqual([
    [1, 'a.md', 1],
    [2, 'a.md', 50],
    [3, 'b.md', 0],
  ]);
});

test('what a rule cannot tell stands apart from what it can', () => {
  expect(groupsOf([finding()], [finding({ outcome: 'unsure' })], {}).map(({ unsure }) => unsure)).toEqual([false, true]);
});

test('filters by market and severity', () => {
  const all = [finding(), finding({ market: 'de-DE', severity: 'info' })];
  expect(groupsOf(all, [], { market: 'de-DE' }).map(({ findings }) => findings.length)).toEqual([1]);
  expect(groupsOf(all, [], { severity: 'error' })).toEqual([]);
});

test('the same words are said once, the gravest first', () => {
  const [group] = groupsOf([finding(), finding({ market: 'ko-KR' }), finding({ market: 'zh-Hant-HK', message: 'other', severity: 'error' })], [], {});
  expect(sayingsOf(group!).map(({ markets }) => markets)).toEqual([['zh-Hant-HK'], ['ja-JP', 'ko-KR']]);
});

test('an address that means nothing filters nothing', () => {
  expect(readAuditSearch({ market: 3, severity: 'deadly' })).toEqual({ market: undefined, severity: undefined });
});
