import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Plugin } from 'vite';

const kMark = '"__PRECACHE_MANIFEST__"';
// Loaded on demand by their unicode range; the browser's own cache is enough for them.
const kNotPrecached = /(-ext-wght|sw\.js$|\.map$)/;

function publicFiles(folder: string, under = ''): string[] {
  return readdirSync(join(folder, under)).flatMap((name) => {
    const path = posix.join(under, name);
    return statSync(join(folder, path)).isDirectory() ? publicFiles(folder, path) : [path];
  });
}

/**
 * Writes the list of built files, with a digest of all of them, into the service worker, so that
 * every build has a worker with other bytes and the browser fetches the new shell as a whole.
 */
export function precacheManifest(): Plugin {
  let publicDir = 'public';
  return {
    name: 'beresta-precache-manifest',
    apply: 'build',
    enforce: 'post',
    configResolved(config) {
      publicDir = config.publicDir;
    },
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js'];
      if (worker?.type !== 'chunk') throw new Error('the build has no sw.js');
      if (worker.imports.length > 0) throw new Error('sw.js must not import chunks');
      const digest = createHash('sha256');
      const paths: string[] = [];
      for (const name of Object.keys(bundle).sort()) {
        const file = bundle[name];
        if (file === undefined || kNotPrecached.test(name)) continue;
        digest.update(name).update(file.type === 'chunk' ? file.code : file.source);
        paths.push(name === 'index.html' ? '/' : `/${name}`);
      }
      for (const name of publicFiles(publicDir)) {
        digest.update(name).update(readFileSync(join(publicDir, name)));
        paths.push(`/${name}`);
      }
      if (!worker.code.includes(kMark)) throw new Error('sw.js has no place for the file list');
      const manifest = { version: digest.digest('hex').slice(0, 16), paths };
      worker.code = worker.code.replace(kMark, JSON.stringify(manifest));
    },
  };
}
