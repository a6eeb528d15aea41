import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { encodeBase45 } from '../../shared/digital_id/base45';
import { pollDelayMs } from './poll';
import { qrPath, type QrPath } from '../../shared/qr_path';
import { wholePixels } from './use_whole_pixels';

/** Paints the path as a screen would, each module `scale` pixels. */
function paint({ size, d }: QrPath, scale: number): Uint8ClampedArray {
  const side = size * scale;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of d.matchAll(/M(\d+) (\d+)h(\d+)/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column++) {
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      }
    }
  }
  return pixels;
}

const presentation = (length: number) =>
  `BRS1:${encodeBase45(Uint8Array.from({ length }, (_, at) => (at * 89 + 7) % 256))}`;

describe('a drawn code', () => {
  it.each([230, 300, 396])('of %d bytes is read back by another decoder', (length) => {
    const text = presentation(length);
    const path = qrPath(text);
    expect(path.version).toBeLessThanOrEqual(15);
    const side = path.size * 4;
    expect(jsQR(paint(path, 4), side, side)?.data).toBe(text);
  });

  it('does not grow beyond version 15', () => {
    expect(() => qrPath(presentation(420))).toThrow();
  });
});

describe('the size of a code', () => {
  it.each([
    [318, 85, 1],
    [318, 85, 2],
    [400, 73, 1.5],
  ])('%d px for %d modules at %d: whole device pixels each', (available, modules, ratio) => {
    const side = wholePixels(available, modules, ratio);
    expect(side).toBeLessThanOrEqual(available);
    const pixels = (side * ratio) / modules;
    expect(Math.abs(pixels - Math.round(pixels))).toBeLessThan(1e-9);
    expect(Math.round(pixels)).toBeGreaterThanOrEqual(1);
  });
});

describe('asking again', () => {
  it('is quick at first and slow later', () => {
    expect(pollDelayMs(0)).toBe(700);
    expect(pollDelayMs(5_000)).toBe(2_500);
    expect(pollDelayMs(600_000)).toBe(15_000);
  });
});
