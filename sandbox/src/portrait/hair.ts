// Hair and headwear, in two layers: what hangs behind the head and what lies over the forehead.
import type { Canvas, Point } from './canvas.js';
import { centre, mirrored } from './symmetry.js';
import type { Traits } from './traits.js';
import { mix } from './traits.js';

export function drawHairBack(canvas: Canvas, traits: Traits): void {
  const back = mix(traits.hair, [0, 0, 0], 0.16);
  switch (traits.hairStyle) {
    case 'long':
      canvas.blob(
        mirrored([[120, 54], [164, 66], [184, 116], [186, 190], [180, 262], [150, 274], [120, 270]]), back);
      break;
    case 'bob':
      canvas.blob(mirrored([[120, 54], [164, 66], [184, 112], [184, 176], [172, 208], [120, 206]]), back);
      break;
    case 'bun':
      canvas.ellipse([centre, 52], 27, 23, traits.hair);
      canvas.ellipse([centre, 66], 26, 12, back);
      break;
    case 'scarf':
      canvas.blob(
        mirrored([[120, 54], [164, 66], [180, 112], [182, 176], [172, 236], [146, 258], [120, 262]]),
        mix(traits.accent, [0, 0, 0], 0.2),
      );
      break;
    default:
      break;
  }
}

export function drawHairFront(canvas: Canvas, traits: Traits): void {
  const shape = frontShapes[traits.hairStyle];
  const colour = traits.hairStyle === 'scarf' ? traits.accent : traits.hair;
  for (const outline of shape) canvas.blob(outline, colour);
  if (traits.hairStyle === 'scarf') drawScarfKnot(canvas, traits);
}

const temples: readonly Point[][] = [
  [[66, 140], [63, 116], [72, 96], [80, 104], [74, 122], [73, 142]],
  [[174, 140], [177, 116], [168, 96], [160, 104], [166, 122], [167, 142]],
];

/** A centre parting that frames the face; long, bob and bun share it. */
const parted: readonly Point[] = mirrored([
  [120, 60], [156, 68], [178, 104], [179, 150], [173, 168], [168, 140], [160, 112], [138, 92], [120, 82],
]);

const frontShapes: Record<Traits['hairStyle'], readonly (readonly Point[])[]> = {
  short: [mirrored([
    [120, 58], [156, 66], [176, 100], [173, 142], [168, 140], [164, 116], [152, 98], [120, 92],
  ])],
  side: [[
    [66, 142], [63, 104], [82, 68], [126, 54], [162, 68], [177, 102], [174, 142], [169, 140], [166, 118],
    [156, 100], [128, 104], [98, 90], [82, 102], [74, 122], [72, 140],
  ]],
  fringe: [mirrored([
    [120, 58], [156, 66], [177, 100], [174, 142], [168, 140], [166, 122], [158, 112], [138, 116], [120, 111],
  ])],
  receding: [
    mirrored([[120, 66], [150, 70], [174, 100], [174, 142], [168, 140], [166, 112], [154, 84], [134, 82], [120, 90]]),
  ],
  bald: temples,
  bob: [parted],
  long: [parted],
  bun: [mirrored([
    [120, 62], [154, 68], [175, 102], [174, 136], [168, 132], [162, 108], [142, 90], [120, 86],
  ])],
  scarf: [mirrored([
    [120, 58], [158, 68], [178, 106], [180, 158], [170, 200], [164, 176], [166, 134], [154, 104], [120, 94],
  ])],
};

function drawScarfKnot(canvas: Canvas, traits: Traits): void {
  canvas.blob(mirrored([[120, 210], [150, 192], [172, 190], [160, 222], [134, 238], [120, 236]]), traits.accent);
  canvas.ellipse([centre, 224], 9, 8, mix(traits.accent, [0, 0, 0], 0.25));
  for (const [x, y] of [[92, 84], [148, 84], [120, 72], [72, 130], [168, 130]] as const) {
    canvas.ellipse([x, y], 3, 3, mix(traits.accent, [255, 255, 255], 0.6));
  }
}
