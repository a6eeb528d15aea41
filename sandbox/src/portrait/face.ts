// Draws one face, 240 by 320, from its traits: from the back to the front.
import { Canvas } from './canvas.js';
import type { Point } from './canvas.js';
import { drawHairBack, drawHairFront } from './hair.js';
import { centre, mirrored } from './symmetry.js';
import type { Traits } from './traits.js';
import { mix } from './traits.js';

export const portraitWidth = 240;
export const portraitHeight = 320;

const eyeLine = 142;

export function drawFace(traits: Traits): Buffer {
  const canvas = new Canvas(portraitWidth, portraitHeight, traits.background);
  drawHairBack(canvas, traits);
  drawBody(canvas, traits);
  drawHead(canvas, traits);
  drawAge(canvas, traits);
  drawEyes(canvas, traits);
  drawNoseAndMouth(canvas, traits);
  drawBeard(canvas, traits);
  drawHairFront(canvas, traits);
  if (traits.glasses) drawGlasses(canvas);
  return canvas.toPng();
}

function drawBody(canvas: Canvas, traits: Traits): void {
  const wide = traits.sex === 'M' ? 8 : 0;
  canvas.polygon([[100, 180], [140, 180], [144, 262], [96, 262]], traits.skinShade);
  canvas.blob(
    mirrored([[120, 244], [146, 240], [186 + wide, 254], [212 + wide, 282], [222 + wide, 345], [120, 360]]),
    traits.cloth,
  );
  switch (traits.clothes) {
    case 'jacket':
      canvas.polygon([[94, 236], [146, 236], [138, 330], [102, 330]], traits.shirt);
      canvas.polygon([[100, 228], [140, 228], [120, 256]], traits.skinShade);
      canvas.polygon([[90, 236], [104, 234], [112, 330], [88, 330]], traits.clothDark);
      canvas.polygon([[150, 236], [136, 234], [128, 330], [152, 330]], traits.clothDark);
      if (traits.sex === 'M') canvas.polygon([[116, 256], [124, 256], [127, 330], [113, 330]], traits.accent);
      break;
    case 'vneck':
      canvas.polygon([[97, 234], [143, 234], [120, 276]], traits.skin);
      canvas.line([[96, 236], [120, 278]], 5, traits.clothDark);
      canvas.line([[144, 236], [120, 278]], 5, traits.clothDark);
      break;
    case 'round':
      canvas.ellipse([centre, 238], 27, 13, traits.skin);
      canvas.line([[93, 240], [104, 250], [120, 253], [136, 250], [147, 240]], 5, traits.clothDark);
      break;
  }
  canvas.blob(mirrored([[120, 226], [132, 216], [139, 190], [120, 186]]), traits.skinShade);
}

function drawHead(canvas: Canvas, traits: Traits): void {
  for (const side of [-1, 1]) {
    canvas.ellipse([centre + side * 52, 146], 8, 14, traits.skinShade);
    canvas.ellipse([centre + side * 51, 146], 7, 12, traits.skin);
  }
  const { jaw } = traits;
  canvas.blob(
    mirrored([
      [120, 72], [152, 80], [170, 112], [169, 146], [centre + jaw, 176], [centre + jaw * 0.62, 201], [120, 212],
    ]),
    traits.skin,
  );
  canvas.ellipse([centre - 30, 172], 11, 8, traits.cheek);
  canvas.ellipse([centre + 30, 172], 11, 8, traits.cheek);
}

function drawAge(canvas: Canvas, traits: Traits): void {
  const crease = mix(traits.skin, traits.skinShade, 0.7);
  if (traits.age > 42) {
    canvas.line([[98, 176], [93, 184], [94, 190]], 1.6, crease);
    canvas.line([[142, 176], [147, 184], [146, 190]], 1.6, crease);
  }
  if (traits.age > 58) {
    canvas.line([[100, 112], [120, 109], [140, 112]], 1.6, crease);
    canvas.line([[104, 104], [120, 102], [136, 104]], 1.4, crease);
    for (const side of [-1, 1]) {
      canvas.line([[centre + side * 34, 139], [centre + side * 40, 137]], 1.4, crease);
      canvas.line([[centre + side * 34, 144], [centre + side * 40, 146]], 1.4, crease);
      canvas.line([[centre + side * 14, 153], [centre + side * 22, 156], [centre + side * 30, 153]], 1.4, crease);
    }
  }
}

function drawEyes(canvas: Canvas, traits: Traits): void {
  const browWidth = traits.sex === 'M' ? 4.6 : 3;
  for (const side of [-1, 1]) {
    const x = centre + side * traits.eyeGap;
    const at = (dx: number, dy: number): Point => [x + side * dx, eyeLine + dy];
    canvas.ellipse(at(0, 0), 9.5, 5.6, [252, 250, 246]);
    canvas.ellipse(at(0, 0), 4.8, 4.9, traits.iris);
    canvas.ellipse(at(0, 0), 2.3, 2.4, [24, 20, 20]);
    canvas.ellipse([x - 1.6, eyeLine - 1.8], 1.3, 1.3, [255, 255, 255]);
    canvas.line([at(-10, 1), at(-5, -5), at(4, -6), at(11, -1)], 2.2, mix(traits.brow, [30, 24, 22], 0.5));
    if (traits.sex === 'F') canvas.line([at(9, -3), at(13, -6)], 2, mix(traits.brow, [30, 24, 22], 0.5));
    canvas.line([at(-10, -13), at(0, -17), at(12, -13)], browWidth, traits.brow);
  }
}

function drawNoseAndMouth(canvas: Canvas, traits: Traits): void {
  const tip = eyeLine + traits.noseLength;
  canvas.line([[122, 148], [125, tip - 6], [127, tip - 1], [119, tip + 1]], 2.2, traits.skinShade);
  const mouth = 188;
  const { mouthWidth: half, smile } = traits;
  canvas.blob(
    [
      [centre - half, mouth - smile], [centre - 5, mouth - 4], [centre, mouth - 3], [centre + 5, mouth - 4],
      [centre + half, mouth - smile], [centre + 6, mouth + 4], [centre - 6, mouth + 4],
    ],
    traits.lip,
  );
  canvas.line(
    [[centre - half, mouth - smile], [centre, mouth], [centre + half, mouth - smile]],
    1.5,
    mix(traits.lip, [70, 20, 24], 0.45),
  );
}

function drawBeard(canvas: Canvas, traits: Traits): void {
  if (traits.beard === 'none') return;
  canvas.blob(mirrored([[120, 177], [130, 176], [141, 183], [137, 186], [120, 182]]), traits.hair);
  if (traits.beard === 'moustache') return;
  const { jaw } = traits;
  canvas.polygon(
    [
      [centre - jaw - 4, 164], [centre - jaw + 9, 178], [centre - 19, 186], [centre - 16, 196], [centre, 199],
      [centre + 16, 196], [centre + 19, 186], [centre + jaw - 9, 178], [centre + jaw + 4, 164],
      [centre + jaw - 2, 184], [centre + jaw * 0.64, 206], [centre + 14, 217], [centre, 219],
      [centre - 14, 217], [centre - jaw * 0.64, 206], [centre - jaw + 2, 184],
    ],
    traits.hair,
  );
}

function drawGlasses(canvas: Canvas): void {
  const frame = [62, 58, 60] as const;
  for (const side of [-1, 1]) {
    const x = centre + side * 22;
    const ring: Point[] = [
      [x - 16, 136], [x - 9, 130], [x + 9, 130], [x + 16, 136], [x + 14, 150], [x, 156], [x - 14, 150], [x - 16, 136],
    ];
    canvas.line(ring, 2.4, frame);
    canvas.line([[centre + side * 38, 136], [centre + side * 50, 138]], 2.4, frame);
  }
  canvas.line([[centre - 6, 137], [centre, 135], [centre + 6, 137]], 2.4, frame);
}
