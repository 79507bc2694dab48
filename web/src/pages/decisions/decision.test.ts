import { expect, test } from 'vitest';
import { readDecisionSearch, tokenIn } from './decision';

test('a bare token is taken as it is, without the space around it', () => {
  expect(tokenIn('  AQAB_c-\n')).toBe('AQAB_c-');
});

test('quotes and a comma that came along are left behind', () => {
  expect(tokenIn('"AQAB",')).toBe('AQAB');
});

test('a whole answer gives its token', () => {
  expect(tokenIn('{"variant":"classic","metadata":{"decisionId": "AQAB","slot":"home.hero"}}')).toBe('AQAB');
});

test('what is no token in the address is left out, and a long one is cut', () => {
  expect(readDecisionSearch({ token: 7 })).toEqual({ token: undefined });
  expect(readDecisionSearch({ token: 'a'.repeat(500) }).token).toHaveLength(200);
});
