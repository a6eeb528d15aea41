// Serves the few static files of the pages, read once at start: nothing of the address reaches
// the file system.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Reply } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';

const require = createRequire(import.meta.url);

const fontFolder = '@fontsource-variable/golos-text/files';

function own(path: string, type: string): Reply {
  return file(readFileSync(new URL(path, import.meta.url)), type);
}

function font(subset: string): Reply {
  const path = require.resolve(`${fontFolder}/golos-text-${subset}-wght-normal.woff2`);
  return file(readFileSync(path), 'font/woff2');
}

function file(body: Buffer, type: string): Reply {
  const headers = { 'Content-Type': type, 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' };
  return { status: 200, headers, body };
}

export function addAssetRoutes(router: Router): void {
  const assets = new Map<string, Reply>([
    ['sandbox.css', own('../../static/sandbox.css', 'text/css; charset=utf-8')],
    ['mark.svg', own('../../static/mark.svg', 'image/svg+xml')],
    ['phone.js', own('../browser/phone.js', 'text/javascript; charset=utf-8')],
    ['golos-cyrillic.woff2', font('cyrillic')],
    ['golos-latin.woff2', font('latin')],
  ]);
  router.add('GET', '/assets/:name', ({ params }) => {
    const asset = assets.get(params['name'] ?? '');
    if (!asset) throw new Refusal(404, 'not_found', 'There is no such file.');
    return asset;
  });
}
