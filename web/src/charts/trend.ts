/** A place in a picture whose sides both run from 0 to 1. */
export interface Point {
  x: number;
  y: number;
}

const round = (value: number) => Math.round(value * 100) / 100;

/** Steps, not slopes: a share holds until the policy changes it. Drawn in a box of 100 by 30. */
export function linePath(points: Point[]): string {
  return points
    .map(({ x, y }, index) => {
      const [across, down] = [round(x * 100), round(30 - y * 30)];
      return index === 0 ? `M${across} ${down}` : `H${across}V${down}`;
    })
    .join('');
}

/** The same, closed along the bottom. */
export function areaPath(points: Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  return `${linePath(points)}H${round(last.x * 100)}V30H${round(first.x * 100)}Z`;
}
