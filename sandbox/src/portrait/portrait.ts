// The portrait of an invented person as a PNG, always the same for the same person and age.
// Drawing takes some milliseconds, so the latest ones are kept.
import type { IsoDate } from '../population/dates.js';
import { ageOn } from '../population/dates.js';
import type { Person } from '../population/person.js';
import { drawFace } from './face.js';
import { drawTraits } from './traits.js';

const keptMax = 512;
const kept = new Map<string, Buffer>();

export function portraitOf(person: Person, today: IsoDate): Buffer {
  const age = ageOn(person.birth_date, today);
  const key = `${person.sub} ${person.sex} ${age}`;
  const known = kept.get(key);
  if (known) return known;
  const portrait = drawFace(drawTraits(person.sub, person.sex, age));
  kept.set(key, portrait);
  if (kept.size > keptMax) {
    const eldest = kept.keys().next().value;
    if (eldest !== undefined) kept.delete(eldest);
  }
  return portrait;
}
