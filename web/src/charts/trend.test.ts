import { expect, test } from 'vitest';
import { areaPath, linePath } from './trend';

const points = [
  { x: 0, y: 0.5 },
  { x: 0.5, y: 1 },
  { x: 1, y: 1 },
];

test('a share holds until it changes', () => {
  expect(linePath(points)).toBe('M0 15H50V0H100V0');
});

test('the area closes along the bottom, in either direction', () => {
  expect(areaPath(points)).toBe('M0 15H50V0H100V0H100V30H0Z');
  expect(areaPath(points.map(({ x, y }) => ({ x: 1 - x, y })))).toMatch(/H0V30H100Z$/);
});

test('without points nothing is drawn', () => {
  expect([linePath([]), areaPath([])]).toEqual(['', '']);
});
