import { expect, test } from 'vitest';
import { domainOf, scaleOf, steady } from './scale';

test('the range of differences always holds zero', () => {
  const [low, high] = domainOf([{ low: 0.01, high: 0.03 }], true)!;
  expect(low).toBeLessThanOrEqual(0);
  expect(high).toBeGreaterThanOrEqual(0.03);
});

test('a range of rates never starts below zero', () => {
  expect(domainOf([{ low: 0.001, high: 0.09 }], false)![0]).toBe(0);
});

test('without data there is no range', () => {
  expect(domainOf([], true)).toBeNull();
});

test('a right-to-left axis is the mirror of a left-to-right one', () => {
  expect(scaleOf([0, 10], 'rtl').at(2)).toBeCloseTo(100 - scaleOf([0, 10], 'ltr').at(2));
});

test('a small change leaves the axis where it was', () => {
  expect(steady([0, 10], [1, 9])).toEqual([0, 10]);
});

test('the axis widens when the data leave it', () => {
  expect(steady([0, 10], [0, 12])).toEqual([0, 12]);
});

test('the axis shrinks when the data fill less than half of it', () => {
  expect(steady([0, 10], [0, 4])).toEqual([0, 4]);
});
