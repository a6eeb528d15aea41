// Draws the mark (three strokes as on birch bark) as PNG files of the sizes a phone asks for.
// A rasteriser of its own: rounded rectangles, sampled 4 x 4 a pixel; no image library is needed.
import { mkdirSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const kPine = [0x0d, 0x5b, 0x48];
const kWhite = [0xff, 0xff, 0xff];
// On a square of 28 units: x, y, width, height, radius.
const kStrokes = [
  [5.2, 7.7, 11.6, 2.6, 1.3],
  [9.2, 12.7, 13.6, 2.6, 1.3],
  [5.2, 17.7, 9.6, 2.6, 1.3],
];
const kSamples = 4;

function isInside([x, y, width, height, radius], px, py) {
  const dx = Math.max(x + radius - px, 0, px - (x + width - radius));
  const dy = Math.max(y + radius - py, 0, py - (y + height - radius));
  return dx * dx + dy * dy <= radius * radius;
}

function colourAt(ground, strokes, px, py) {
  if (strokes.some((stroke) => isInside(stroke, px, py))) return [...kWhite, 255];
  return isInside(ground, px, py) ? [...kPine, 255] : [0, 0, 0, 0];
}

function pixel(ground, strokes, size, column, row) {
  const sum = [0, 0, 0, 0];
  for (let sample = 0; sample < kSamples * kSamples; sample++) {
    const px = ((column + ((sample % kSamples) + 0.5) / kSamples) * 28) / size;
    const py = ((row + (Math.floor(sample / kSamples) + 0.5) / kSamples) * 28) / size;
    const [red, green, blue, alpha] = colourAt(ground, strokes, px, py);
    sum[0] += red * alpha;
    sum[1] += green * alpha;
    sum[2] += blue * alpha;
    sum[3] += alpha;
  }
  const alpha = sum[3];
  if (alpha === 0) return [0, 0, 0, 0];
  return [sum[0] / alpha, sum[1] / alpha, sum[2] / alpha, alpha / (kSamples * kSamples)];
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function png(size, ground, strokes) {
  const rows = [];
  for (let row = 0; row < size; row++) {
    const line = [0];
    for (let column = 0; column < size; column++) {
      line.push(...pixel(ground, strokes, size, column, row).map(Math.round));
    }
    rows.push(Buffer.from(line));
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const data = chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 }));
  return Buffer.concat([signature, chunk('IHDR', header), data, chunk('IEND', Buffer.alloc(0))]);
}

const rounded = [0, 0, 28, 28, 7];
const square = [0, 0, 28, 28, 0];
// A maskable icon may lose its rim, so its strokes are smaller.
const inset = kStrokes.map((stroke) => stroke.map((part, index) => (index < 2 ? 14 + (part - 14) * 0.72 : part * 0.72)));

const folder = new URL('../public/icons/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, size, ground, strokes] of [
  ['icon-192.png', 192, rounded, kStrokes],
  ['icon-512.png', 512, rounded, kStrokes],
  ['icon-maskable-512.png', 512, square, inset],
  ['icon-180.png', 180, square, kStrokes],
]) {
  writeFileSync(new URL(name, folder), png(size, ground, strokes));
}
const bars = kStrokes
  .map(([x, y, width, height, radius]) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="#fff"/>`)
  .join('');
writeFileSync(
  new URL('mark.svg', folder),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 28 28"><rect width="28" height="28" rx="7" fill="#0d5b48"/>${bars}</svg>\n`,
);
