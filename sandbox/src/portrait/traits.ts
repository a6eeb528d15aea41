// How an invented person looks: a draw of traits, fixed by the person and plausible for the age.
import { Random } from '../population/random.js';
import type { Sex } from '../population/names.js';
import type { Rgb } from './png.js';

export type HairStyle = 'short' | 'side' | 'fringe' | 'receding' | 'bald' | 'bob' | 'long' | 'bun' | 'scarf';
export type Clothes = 'jacket' | 'round' | 'vneck';

export interface Traits {
  readonly age: number;
  readonly sex: Sex;
  readonly background: Rgb;
  readonly skin: Rgb;
  readonly skinShade: Rgb;
  readonly cheek: Rgb;
  readonly lip: Rgb;
  readonly hair: Rgb;
  readonly brow: Rgb;
  readonly iris: Rgb;
  readonly cloth: Rgb;
  readonly clothDark: Rgb;
  readonly shirt: Rgb;
  readonly accent: Rgb;
  readonly hairStyle: HairStyle;
  readonly clothes: Clothes;
  readonly glasses: boolean;
  readonly beard: 'none' | 'moustache' | 'full';
  /** Half-widths and offsets in pixels that make one face differ from the next. */
  readonly jaw: number;
  readonly eyeGap: number;
  readonly noseLength: number;
  readonly mouthWidth: number;
  readonly smile: number;
}

const skins: readonly Rgb[] = [[250, 221, 200], [243, 208, 182], [235, 195, 165], [222, 178, 146]];
const hairs: readonly Rgb[] = [
  [38, 31, 30], [58, 42, 34], [84, 57, 40], [112, 76, 50], [150, 108, 66], [190, 150, 96], [132, 66, 40],
];
const greys: readonly Rgb[] = [[150, 148, 146], [186, 184, 180], [212, 210, 206]];
const irises: readonly Rgb[] = [[78, 52, 36], [92, 68, 44], [92, 112, 78], [88, 120, 146], [104, 128, 138]];
const backgrounds: readonly Rgb[] = [[226, 234, 230], [232, 230, 222], [222, 230, 236], [236, 228, 222]];
const cloths: readonly Rgb[] = [
  [38, 84, 72], [52, 66, 88], [120, 52, 54], [88, 84, 92], [60, 98, 128], [140, 92, 60], [104, 82, 118], [70, 74, 70],
];
const shirts: readonly Rgb[] = [[248, 246, 240], [222, 230, 240], [240, 226, 218]];
const accents: readonly Rgb[] = [[186, 72, 62], [64, 128, 108], [84, 104, 160], [196, 142, 70]];

export function drawTraits(identity: string, sex: Sex, age: number): Traits {
  const random = new Random('portrait', identity);
  const skin = random.pick(skins);
  const young = random.pick(hairs);
  const grey = greys[Math.min(2, Math.max(0, Math.floor((age - 55) / 10)))] ?? young;
  const hair = age > 50 + random.integer(0, 14) ? grey : young;
  const cloth = random.pick(cloths);
  const style = sex === 'F' ? womanStyle(random, age) : manStyle(random, age);
  return {
    age,
    sex,
    background: random.pick(backgrounds),
    skin,
    skinShade: mix(skin, [150, 84, 60], 0.2),
    cheek: mix(skin, [226, 110, 96], sex === 'F' ? 0.22 : 0.12),
    lip: mix(skin, [176, 60, 66], sex === 'F' ? 0.62 : 0.38),
    hair,
    brow: mix(hair, [40, 30, 26], 0.35),
    iris: random.pick(irises),
    cloth,
    clothDark: mix(cloth, [0, 0, 0], 0.25),
    shirt: random.pick(shirts),
    accent: random.pick(accents),
    hairStyle: style,
    clothes: random.pick<Clothes>(['jacket', 'round', 'vneck']),
    glasses: random.chance(age > 45 ? 0.45 : 0.18),
    beard: sex === 'F' || age < 22 ? 'none' : random.pick(['none', 'none', 'none', 'moustache', 'full']),
    jaw: (sex === 'M' ? 45 : 41) + random.integer(-3, 3),
    eyeGap: 21 + random.integer(-1, 2),
    noseLength: 26 + random.integer(-3, 4),
    mouthWidth: 15 + random.integer(-2, 3),
    smile: random.integer(0, 3),
  };
}

function womanStyle(random: Random, age: number): HairStyle {
  if (age > 66 && random.chance(0.4)) return 'scarf';
  return random.pick<HairStyle>(age > 60 ? ['bob', 'bun', 'bob'] : ['bob', 'long', 'long', 'bun']);
}

function manStyle(random: Random, age: number): HairStyle {
  if (age > 40 && random.chance(0.35)) return random.pick<HairStyle>(['receding', 'bald']);
  return random.pick<HairStyle>(['short', 'side', 'fringe']);
}

export function mix(base: Rgb, other: Rgb, share: number): Rgb {
  const part = (channel: 0 | 1 | 2): number =>
    Math.round(base[channel] * (1 - share) + other[channel] * share);
  return [part(0), part(1), part(2)];
}
