// Ports for those who have to know theirs before they listen, and who listen on it again after a restart.
// They lie below the range that the kernel takes for outgoing connections, and belong to one process until
// it ends, so that test files can run side by side.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FIRST = 10_000;
const LAST = 32_000;
const CLAIMS = join(tmpdir(), 'beresta-test-ports');
const mine = [];

process.on('exit', () => mine.forEach((claim) => rmSync(claim, { force: true })));

const lives = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

function claimed(port) {
  const claim = join(CLAIMS, String(port));
  try {
    writeFileSync(claim, String(process.pid), { flag: 'wx' });
  } catch {
    // Left by a process that was killed: for the next one who comes by.
    if (!lives(Number(readFileSync(claim, 'utf8')))) rmSync(claim, { force: true });
    return false;
  }
  mine.push(claim);
  return true;
}

const listens = (port) => new Promise((resolve) => {
  const server = net.createServer();
  server.on('error', () => resolve(false));
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
});

/** @return a TCP port of the loopback that is nobody else's as long as this process lives */
export async function freePort() {
  mkdirSync(CLAIMS, { recursive: true });
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (claimed(port) && await listens(port)) return port;
  }
}
