// A witness in Node (C2SP tlog-witness, add-checkpoint), from the specification and not from the server: it cosigns a
// log's checkpoint only when it holds all that was cosigned before. What it has seen lives in memory: a witness for
// tests and trials.
//   node tools/log1/witness.mjs PORT NAME SEED VKEY...   serves the logs of these keys; prints its own key
import { createServer } from 'node:http';
import { isConsistent, root, sha256 } from './merkle.mjs';
import { COSIGNATURE, cosignLine, openCheckpoint, parseNote, parseVkey, privateKey, publicBytes, vkeyOf } from './note.mjs';

const BODY_BYTES_MAX = 64 * 1024;
const PROOF_LINES_MAX = 63;
const refuse = (status, text = '', type = 'text/plain') => ({ status, text, type });

function parseRequest(body) {
  const gap = body.indexOf('\n\n');
  if (gap < 0) return undefined;
  const [first, ...proof] = body.slice(0, gap).split('\n');
  const old = /^old (0|[1-9]\d*)$/.exec(first)?.[1];
  if (old === undefined || proof.length > PROOF_LINES_MAX || proof.some((line) => !/^[A-Za-z0-9+/]{43}=$/.test(line))) return undefined;
  return { old: Number(old), proof: proof.map((line) => Buffer.from(line, 'base64')), note: body.slice(gap + 2) };
}

export class Witness {
  /** @param vkeys  of the logs it knows; @param now  POSIX seconds */
  constructor({ name, seed, vkeys, now = () => Math.floor(Date.now() / 1000) }) {
    Object.assign(this, { name, vkeys, now, key: privateKey(sha256(seed)), seen: new Map(), misbehaviour: [] });
    this.vkey = vkeyOf(name, COSIGNATURE, publicBytes(this.key));
  }

  /** @return {status, text, type} */
  addCheckpoint(body) {
    const request = parseRequest(body);
    if (!request) return refuse(400, 'not a request of add-checkpoint\n');
    let text;
    try {
      ({ text } = parseNote(request.note));
    } catch {
      return refuse(400, 'not a note\n');
    }
    const [origin] = text.split('\n');
    if (!this.vkeys.some((vkey) => parseVkey(vkey).name === origin)) return refuse(404);
    let to;
    try {
      to = openCheckpoint(request.note, this.vkeys);
    } catch {
      return refuse(403);
    }
    if (request.old > to.size) return refuse(400, 'old is larger than the checkpoint\n');
    const from = this.seen.get(origin) ?? { size: 0, root: root([]) };
    if (request.old !== from.size) return refuse(409, `${from.size}\n`, 'text/x.tlog.size');
    if (from.size === to.size && !from.root.equals(to.root)) {
      this.misbehaviour.push(request.note);
      return refuse(409);
    }
    const grew = from.size === 0 ? request.proof.length === 0 : isConsistent(from, to, request.proof);
    if (!grew) {
      this.misbehaviour.push(request.note);
      return refuse(422);
    }
    this.seen.set(origin, { size: to.size, root: to.root });
    return refuse(200, cosignLine(to.text, this.name, this.key, this.now()));
  }

  /** @return a listening server; `answer` may put another answer in the witness's place */
  serve(port = 0, answer = (body) => this.addCheckpoint(body)) {
    const server = createServer(async (request, response) => {
      const parts = [];
      let bytes = 0;
      for await (const part of request) {
        bytes += part.length;
        if (bytes > BODY_BYTES_MAX) break;
        parts.push(part);
      }
      const known = request.method === 'POST' && request.url.endsWith('/add-checkpoint') && bytes <= BODY_BYTES_MAX;
      const { status, text, type } = known ? await answer(Buffer.concat(parts).toString('utf8')) : refuse(404);
      response.writeHead(status, { 'content-type': type }).end(text);
    });
    return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [port, name, seed, ...vkeys] = process.argv.slice(2);
  if (vkeys.length === 0) {
    console.error('usage: node witness.mjs PORT NAME SEED VKEY...');
    process.exit(2);
  }
  const witness = new Witness({ name, seed, vkeys });
  await witness.serve(Number(port));
  console.log(witness.vkey);
}
