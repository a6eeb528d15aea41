// A small rasteriser for flat pictures: shapes are painted three times finer than the result and
// averaged down, which gives smooth edges and few colours.
import type { Rgb } from './png.js';
import { encodePng } from './png.js';

export type Point = readonly [x: number, y: number];

const scale = 3;

/** Everything is drawn this much larger, seen from this point, so that the face fills the picture. */
const zoom = 1.18;
const zoomCentre: Point = [120, 150];
/** At least this many points on each piece of a curve, and at least one a pixel. */
const curveSteps = 8;

export class Canvas {
  private readonly fine: Uint8Array;
  private readonly fineWidth: number;
  private readonly fineHeight: number;
  private readonly colours: Rgb[] = [];

  constructor(
    private readonly width: number,
    private readonly height: number,
    background: Rgb,
  ) {
    this.fineWidth = width * scale;
    this.fineHeight = height * scale;
    this.fine = new Uint8Array(this.fineWidth * this.fineHeight);
    this.colours.push(background);
  }

  /** A filled shape with straight sides. */
  polygon(points: readonly Point[], colour: Rgb): void {
    const paint = this.paintOf(colour);
    const scaled = points.map(toFine);
    const top = Math.max(0, Math.floor(Math.min(...scaled.map(([, y]) => y))));
    const bottom = Math.min(this.fineHeight - 1, Math.ceil(Math.max(...scaled.map(([, y]) => y))));
    for (let row = top; row <= bottom; row += 1) {
      const crossings = crossingsAt(scaled, row + 0.5);
      for (let pair = 0; pair + 1 < crossings.length; pair += 2) {
        const left = Math.max(0, Math.round(crossings[pair] ?? 0));
        const right = Math.min(this.fineWidth, Math.round(crossings[pair + 1] ?? 0));
        if (right > left) this.fine.fill(paint, row * this.fineWidth + left, row * this.fineWidth + right);
      }
    }
  }

  /** A filled shape whose outline runs smoothly through the points. */
  blob(points: readonly Point[], colour: Rgb): void {
    this.polygon(smooth(points, true), colour);
  }

  ellipse(centre: Point, radiusX: number, radiusY: number, colour: Rgb): void {
    const steps = Math.min(48, Math.max(12, Math.ceil(Math.max(radiusX, radiusY) * 3)));
    const points = Array.from({ length: steps }, (_, step): Point => {
      const angle = (step / steps) * 2 * Math.PI;
      return [centre[0] + radiusX * Math.cos(angle), centre[1] + radiusY * Math.sin(angle)];
    });
    this.polygon(points, colour);
  }

  /** A smooth line of even width with round ends. */
  line(points: readonly Point[], width: number, colour: Rgb): void {
    for (const point of smooth(points, false)) this.ellipse(point, width / 2, width / 2, colour);
  }

  toPng(): Buffer {
    const palette = new Palette(this.colours);
    const pixels = new Uint8Array(this.width * this.height);
    for (let y = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1) pixels[y * this.width + x] = this.average(x, y, palette);
    }
    return encodePng(this.width, this.height, pixels, palette.colours);
  }

  private average(x: number, y: number, palette: Palette): number {
    const start = y * scale * this.fineWidth + x * scale;
    const first = this.fine[start] ?? 0;
    if (this.isPlain(start, first)) return first;
    const sum: [number, number, number] = [0, 0, 0];
    for (let cell = 0; cell < scale * scale; cell += 1) {
      const paint = this.fine[start + Math.floor(cell / scale) * this.fineWidth + (cell % scale)] ?? 0;
      const [red, green, blue] = this.colours[paint] ?? [0, 0, 0];
      sum[0] += red;
      sum[1] += green;
      sum[2] += blue;
    }
    return palette.find(sum.map((part) => part / (scale * scale)) as [number, number, number]);
  }

  private isPlain(start: number, paint: number): boolean {
    for (let row = 0; row < scale; row += 1) {
      for (let column = 0; column < scale; column += 1) {
        if (this.fine[start + row * this.fineWidth + column] !== paint) return false;
      }
    }
    return true;
  }

  private paintOf(colour: Rgb): number {
    const known = this.colours.findIndex((other) => other.join() === colour.join());
    return known >= 0 ? known : this.colours.push(colour) - 1;
  }
}

/** The flat colours first, then mixed ones as edges ask for them, coarsened to stay few. */
class Palette {
  readonly colours: Rgb[];
  private readonly mixed = new Map<number, number>();

  constructor(flat: readonly Rgb[]) {
    this.colours = [...flat];
  }

  find(colour: Rgb): number {
    const coarse = colour.map((part) => Math.min(15, Math.round(part / 17))) as [number, number, number];
    const key = (coarse[0] << 8) | (coarse[1] << 4) | coarse[2];
    const known = this.mixed.get(key);
    if (known !== undefined) return known;
    const rounded: Rgb = [coarse[0] * 17, coarse[1] * 17, coarse[2] * 17];
    const index = this.colours.length < 256 ? this.colours.push(rounded) - 1 : this.nearest(rounded);
    this.mixed.set(key, index);
    return index;
  }

  private nearest(wanted: Rgb): number {
    const distances = this.colours.map((colour) =>
      colour.reduce((total, part, channel) => total + (part - (wanted[channel] ?? 0)) ** 2, 0));
    return distances.indexOf(Math.min(...distances));
  }
}

function toFine([x, y]: Point): Point {
  return [
    (zoomCentre[0] + (x - zoomCentre[0]) * zoom) * scale,
    (zoomCentre[1] + (y - zoomCentre[1]) * zoom) * scale,
  ];
}

function crossingsAt(points: readonly Point[], y: number): number[] {
  const crossings: number[] = [];
  for (const [position, [x1, y1]] of points.entries()) {
    const [x2, y2] = points[(position + 1) % points.length] as Point;
    if ((y1 <= y && y2 > y) || (y2 <= y && y1 > y)) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return crossings.sort((left, right) => left - right);
}

/** Points of a Catmull-Rom curve through the given ones. */
function smooth(points: readonly Point[], closed: boolean): Point[] {
  const count = points.length;
  const at = (position: number): Point => {
    const index = closed ? (position + count) % count : Math.min(Math.max(position, 0), count - 1);
    return points[index] as Point;
  };
  const result: Point[] = [];
  for (let position = 0; position < (closed ? count : count - 1); position += 1) {
    const four = [at(position - 1), at(position), at(position + 1), at(position + 2)] as const;
    const length = Math.hypot(four[2][0] - four[1][0], four[2][1] - four[1][1]);
    const steps = Math.max(curveSteps, Math.ceil(length));
    for (let step = 0; step < steps; step += 1) result.push(catmullRom(four, step / steps));
  }
  if (!closed) result.push(at(count - 1));
  return result;
}

function catmullRom(four: readonly [Point, Point, Point, Point], t: number): Point {
  const along = (axis: 0 | 1): number => {
    const [p0, p1, p2, p3] = [four[0][axis], four[1][axis], four[2][axis], four[3][axis]];
    return 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t ** 2
      + (3 * p1 - p0 - 3 * p2 + p3) * t ** 3);
  };
  return [along(0), along(1)];
}
