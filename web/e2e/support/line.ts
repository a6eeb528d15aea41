import { connect, createServer, type Socket } from 'node:net';
import { kBaseUrl } from './world';

export interface Line {
  url: string;
  /** From now on nothing gets through, for pages and for service workers alike. */
  cut: () => Promise<void>;
}

/**
 * A line to the server that can be cut. A page that is set offline by the browser's tools still has
 * a service worker that is not, so an honest test takes the wire away.
 */
export async function layLine(): Promise<Line> {
  const target = new URL(kBaseUrl);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const cut = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    sockets.forEach((socket) => socket.destroy());
    await closed;
  };
  return { url: `http://localhost:${address.port}`, cut };
}
