import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url);

function sources(folder: string): string[] {
  return readdirSync(new URL(folder, root), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(`${path}/`);
    return /\.(ts|tsx|html|css)$/.test(entry.name) && !/\.test\./.test(entry.name) ? [path] : [];
  });
}

describe('the contract', () => {
  it('is the one the types were generated from (npm run types)', async () => {
    const fresh = astToString(await openapiTS(new URL('../docs/api/openapi.yaml', root)));
    const kept = readFileSync(new URL('src/shared/api/schema.gen.ts', root), 'utf8');
    expect(kept.replace(/^\/\*\*[\s\S]*?\*\/\s*/, '')).toBe(fresh.replace(/^\/\*\*[\s\S]*?\*\/\s*/, ''));
  });
});

describe('the sources', () => {
  const all = sources('src/').map((path) => [path, readFileSync(new URL(path, root), 'utf8')]);

  it('are found', () => {
    expect(all.length).toBeGreaterThan(80);
  });

  it.each(['localStorage', 'sessionStorage', 'dangerouslySetInnerHTML', 'innerHTML', 'eval('])(
    'never use %s',
    (word) => {
      expect(all.filter(([, text]) => text?.includes(word)).map(([path]) => path)).toEqual([]);
    },
  );

  it('open IndexedDB in src/pwa alone', () => {
    const openers = all.filter(([, text]) => text?.includes('indexedDB.'));
    expect(openers.map(([path]) => path)).toEqual(['src/pwa/database.ts']);
  });

  it('write no inline style or script into the page', () => {
    const page = readFileSync(new URL('index.html', root), 'utf8');
    expect(page).not.toMatch(/style=|<style|<script(?![^>]*\ssrc=)|\son\w+=/);
  });
});
