// A face is even: shapes are given by their right half.
import type { Point } from './canvas.js';

/** The middle of the face, in pixels from the left; everything is measured from here. */
export const centre = 120;

/** Adds the left half of an outline whose right half is given from the top down. */
export function mirrored(half: readonly Point[]): Point[] {
  const left = half.filter(([x]) => x !== centre).map(([x, y]): Point => [2 * centre - x, y]);
  return [...half, ...left.reverse()];
}
