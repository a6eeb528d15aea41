import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { Population } from '../population/population.js';
import { portraitOf } from './portrait.js';
import { drawFace } from './face.js';
import { drawTraits } from './traits.js';

const population = new Population('beresta', 200, () => new Date('2026-11-22'));

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly colourType: number;
  readonly colours: number;
  readonly pixels: Buffer;
}

/** Reads the chunks as a stranger would, far enough to know the picture is whole. */
function readPng(png: Buffer): Picture {
  assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  for (let offset = 8; offset < png.length;) {
    const length = png.readUInt32BE(offset);
    chunks.set(png.toString('latin1', offset + 4, offset + 8), png.subarray(offset + 8, offset + 8 + length));
    offset += length + 12;
  }
  const header = chunks.get('IHDR') as Buffer;
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    colourType: header.readUInt8(9),
    colours: (chunks.get('PLTE') as Buffer).length / 3,
    pixels: inflateSync(chunks.get('IDAT') as Buffer),
  };
}

test('portraits are 240 by 320, indexed, and at most 12 KB', () => {
  for (let index = 0; index < 60; index += 1) {
    const person = population.at(index);
    assert.ok(person);
    const png = portraitOf(person, '2026-11-22');
    const picture = readPng(png);
    assert.deepEqual([picture.width, picture.height, picture.colourType], [240, 320, 3]);
    assert.ok(png.length <= 12 * 1024, `${png.length} bytes`);
    assert.ok(picture.colours <= 256);
    assert.equal(picture.pixels.length, 241 * 320);
    assert.ok(picture.pixels.every((value) => value < picture.colours));
  }
});

test('a person always looks the same, two people do not', () => {
  const draw = (who: string): Buffer => drawFace(drawTraits(who, 'F', 38));
  assert.ok(draw('one').equals(draw('one')));
  assert.ok(!draw('one').equals(draw('two')));
});
