import { gzipSync } from 'node:zlib';
import { build, type Rollup } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';

const kFirstLoadMax = 150 * 1024;

let chunks: Map<string, Rollup.OutputChunk>;
let files: string[];

beforeAll(async () => {
  // The test runner says "test", which would bundle React's development build.
  process.env.NODE_ENV = 'production';
  const output = (await build({ logLevel: 'silent', build: { write: false } })) as Rollup.RollupOutput;
  files = output.output.map((file) => file.fileName);
  chunks = new Map(
    output.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
  );
}, 180_000);

function named(name: string): string {
  const found = [...chunks.values()].find((chunk) => chunk.name === name);
  if (found === undefined) throw new Error(`no chunk ${name}`);
  return found.fileName;
}

function withImports(starts: string[]): Set<string> {
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    chunks.get(name)?.imports.forEach(visit);
  };
  starts.forEach(visit);
  return seen;
}

function gzipped(names: Set<string>): number {
  return [...names].reduce((sum, name) => sum + gzipSync(chunks.get(name)?.code ?? '').length, 0);
}

describe('the first load', () => {
  it.each([
    ['the welcome', []],
    ['registration', ['register_pages']],
  ])('of %s is at most 150 KB of gzipped script', (_name, pages) => {
    const names = withImports(['main', 'ru', ...pages].map(named));
    expect(gzipped(names)).toBeLessThanOrEqual(kFirstLoadMax);
    expect(gzipped(names)).toBeGreaterThan(30 * 1024);
  });

  it('does not carry the decoder, the codes or the wallet', () => {
    const names = withImports(['main', 'ru'].map(named));
    const modules = [...names].flatMap((name) => Object.keys(chunks.get(name)?.modules ?? {}));
    expect(modules.length).toBeGreaterThan(20);
    const foreign = /jsqr|digital_id\/(p256|cose|cbor|check_code)|qrcode-generator|features\/wallet/;
    expect(modules.filter((name) => foreign.test(name))).toEqual([]);
  });

  it('is in the list the service worker keeps, as is everything else but large alphabets', () => {
    const worker = chunks.get('sw.js')?.code ?? '';
    expect(worker).not.toContain('__PRECACHE_MANIFEST__');
    const missing = files.filter(
      (name) => !worker.includes(`"/${name}"`) && !/index\.html$|sw\.js$|-ext-wght/.test(name),
    );
    expect(missing).toEqual([]);
    expect(worker).toContain('"/manifest.webmanifest"');
  });
});
