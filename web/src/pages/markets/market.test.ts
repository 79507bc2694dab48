import { expect, test } from 'vitest';
import { byFacet, FACETS, sortedMarkets, type FacetClaim } from './market';

const claim = (id: string, facet: string) => ({ id, facet }) as FacetClaim;

test('claims stand in the order of the schema, and every other facet is empty', () => {
  const { known, empty } = byFacet([claim('a', 'number'), claim('b', 'colour'), claim('c', 'number')]);
  expect(known.map(([facet, claims]) => [facet, claims.map(({ id }) => id)])).toEqual([
    ['colour', ['b']],
    ['number', ['a', 'c']],
  ]);
  expect(empty).toHaveLength(FACETS.length - 2);
});

test('a facet that is newer than this page is not lost', () => {
  expect(byFacet([claim('a', 'scent')]).known.map(([facet]) => facet)).toEqual(['scent']);
});

test('markets of the workspace come first, then names decide', () => {
  const market = (id: string, configured: boolean) => ({ id, configured, name: null, direction: null, claims: 0, opened: 0 });
  const sorted = sortedMarkets([market('b', false), market('d', true), market('a', false), market('c', true)], (id) => id, 'en');
  expect(sorted.map(({ id }) => id)).toEqual(['c', 'd', 'a', 'b']);
});
