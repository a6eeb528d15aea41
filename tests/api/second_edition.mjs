// A second edition of a document, in a folder of editions that is the test's own.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EDITIONS = fileURLToPath(new URL('../../editions', import.meta.url));
export const DAY = 86_400_000;
const utc = (ms) => new Date(ms).toISOString().replace(/\.\d+Z/, 'Z');

/** @return the folder, with the editions of the installation in it */
export function copyEditions(home) {
  const folder = join(home, 'editions');
  cpSync(EDITIONS, folder, { recursive: true });
  return folder;
}

/** Writes an edition made of the first by one replacement; `change` may spoil it. */
export function writeEdition(folder,
  { kind = 'agreement', number = 2, published, inForce, languages = ['ru', 'en'], change = (text) => text }) {
  for (const language of languages) {
    const first = readFileSync(join(folder, kind, `1.${language}.md`), 'utf8');
    const text = change(first.slice(first.indexOf('+++\n', 4) + 4), language);
    writeFileSync(join(folder, kind, `${number}.${language}.md`),
      `+++\nkind = "${kind}"\nnumber = ${number}\nlanguage = "${language}"\ntitle = "Agreement"\n`
      + `published_at = "${utc(published)}"\nin_force_at = "${utc(inForce)}"\nsummary = "Summary ${number}"\n+++\n${text}`);
  }
}
