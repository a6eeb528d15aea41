// Checks entries of the transparency log in Chromium, by the module of "who looked" as it is built for people:
// the record, its commitment and the way up a tree of 10^9 leaves, by WebCrypto.
//   CHROMIUM=/usr/bin/chromium node proof_check.mjs     prints {"hashes", "checks", "median_ms", "p99_ms"}
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const web = new URL('../web/', import.meta.url);
const required = createRequire(new URL('package.json', web));
const LEAVES = 1_000_000_000;
const HASHES = 30;
const HALF = 2 ** (HASHES - 1); // the left part of the tree: a perfect one
const ENTRIES = 40;
const WARM = 200;
const CHECKS = 2000;

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const node = (left, right) => sha256(Buffer.of(1), left, right);

/** An entry somewhere in the left part, its proof of 30 hashes and the root they make, computed apart from the client. */
function entry() {
  const [citizenId, id] = [randomUUID(), randomUUID()];
  const citizen = sha256(Buffer.from('beresta-log-1 citizen\n'), Buffer.from(citizenId.replaceAll('-', ''), 'hex'))
    .subarray(0, 16).toString('hex');
  const record = JSON.stringify({
    format: 'beresta-log-1', id, time: '2026-11-26T10:20:30Z', citizen, kind: 'access', actor: 'party:clinic',
    purpose: 'release_to_party', category: 'profile', subject: '',
  });
  const salt = randomBytes(32);
  const index = randomBytes(4).readUInt32BE() % HALF;
  const proof = Array.from({ length: HASHES }, () => randomBytes(32));
  let root = sha256(Buffer.of(0), sha256(Buffer.from('beresta-log-1 entry\n'), salt, Buffer.from(record)));
  for (const [level, sibling] of proof.entries()) {
    // Above the perfect part the leaf is always on the left.
    const isRight = level < HASHES - 1 && Math.floor(index / 2 ** level) % 2 === 1;
    root = isRight ? node(sibling, root) : node(root, sibling);
  }
  const base64 = (bytes) => bytes.toString('base64');
  return { citizenId, root: base64(root), entry: { entry_id: id, record, salt: base64(salt), index, proof: proof.map(base64) } };
}

async function compiled() {
  const { build } = await import(pathToFileURL(required.resolve('vite')).href);
  const folder = (name) => fileURLToPath(new URL(name, web));
  const [{ output }] = await build({
    configFile: false, root: folder('.'), logLevel: 'silent',
    build: {
      target: 'es2022', write: false, minify: 'esbuild',
      lib: { entry: folder('src/features/audit/record.ts'), formats: ['es'], fileName: 'record' },
    },
  });
  return output[0].code;
}

/** WebCrypto wants a secure context, and an exact clock one that is isolated: loopback with these headers is both. */
async function served(code) {
  const server = createServer((request, response) => {
    const isCode = request.url === '/record.js';
    response.writeHead(200, {
      'Content-Type': isCode ? 'text/javascript' : 'text/html', 'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    });
    response.end(isCode ? code : '<!doctype html><title>proof</title>');
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return server;
}

/** Runs inside the page. */
async function measure({ samples, size, warm, checks }) {
  const { judge, pseudonymOf } = await import('/record.js');
  const bytes = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const ready = await Promise.all(samples.map(async ({ citizenId, root, entry: one }) =>
    [one, { origin: 'bench', signed: true, size, root: bytes(root) }, await pseudonymOf(citizenId)]));
  const [[first, head, mine]] = ready;
  const bent = { ...first, proof: [...first.proof.slice(0, -1), first.proof[0]] };
  if (await judge(bent, head, mine) !== 'wrong') return { trouble: 'a bent proof was taken for a right one' };
  const times = [];
  for (let at = 0; at < warm + checks; at += 1) {
    const started = performance.now();
    const verdict = await judge(...ready[at % ready.length]);
    if (at >= warm) times.push(performance.now() - started);
    if (verdict !== 'proven') return { trouble: `an entry was judged ${verdict}` };
  }
  times.sort((a, b) => a - b);
  return { median_ms: times[Math.floor(checks / 2)], p99_ms: times[Math.floor(checks * 0.99)] };
}

const server = await served(await compiled());
const browser = await required('playwright-core').chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'],
});
try {
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const samples = Array.from({ length: ENTRIES }, entry);
  const result = await page.evaluate(measure, { samples, size: LEAVES, warm: WARM, checks: CHECKS });
  if (result.trouble) throw new Error(result.trouble);
  console.log(JSON.stringify({ hashes: HASHES, checks: CHECKS, ...result }));
} finally {
  await browser.close();
  server.close();
}
