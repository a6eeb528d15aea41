// The app shell, the configuration and the trust list for the hours without a network.
// Personal answers of /api never enter a cache of this worker; what the wallet keeps offline is
// encrypted in IndexedDB (sealed_store.ts).

interface Manifest {
  version: string;
  paths: string[];
}

const worker = self as unknown as ServiceWorkerGlobalScope;
// The build writes the list of files here (tools/precache_manifest.ts).
const manifest = '__PRECACHE_MANIFEST__' as unknown as Manifest;

const kShell = `shell-${manifest.version}`;
const kPublic = 'public-1';
const kNetworkFirst = new Set(['/api/v1/configuration', '/.well-known/beresta-trust']);
// The server's own: a site sends people to /oauth, and the answer there is a redirect, not a page.
const kServerPaths = ['/api/', '/.well-known/', '/oauth/'];
const kNetworkPatienceMs = 4_000;

async function install(): Promise<void> {
  const cache = await caches.open(kShell);
  await cache.addAll(manifest.paths.map((path) => new Request(path, { cache: 'reload' })));
  const open = await caches.open(kPublic);
  // The first page was loaded without this worker, so these would be missed; later is fine too.
  await Promise.allSettled([...kNetworkFirst].map((path) => open.add(path)));
  await worker.skipWaiting();
}

async function activate(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name !== kShell && name !== kPublic).map((name) => caches.delete(name)),
  );
  await worker.clients.claim();
}

function markAsCached(response: Response): Response {
  const headers = new Headers(response.headers);
  headers.set('X-From-Cache', '1');
  return new Response(response.body, { status: response.status, headers });
}

async function networkFirst(request: Request): Promise<Response> {
  const cache = await caches.open(kPublic);
  try {
    const signal = AbortSignal.timeout(kNetworkPatienceMs);
    // Not from the browser's own cache: the page must learn that the network is gone.
    const response = await fetch(request, { signal, cache: 'no-cache' });
    if (response.ok) await cache.put(new URL(request.url).pathname, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(new URL(request.url).pathname);
    if (kept === undefined) throw error;
    return markAsCached(kept);
  }
}

async function shellFirst(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(kShell);
  const kept = await cache.match(path);
  return kept ?? fetch(request);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (kNetworkFirst.has(url.pathname)) {
    event.respondWith(networkFirst(request));
  } else if (kServerPaths.some((path) => url.pathname.startsWith(path))) {
    return;
  } else if (request.mode === 'navigate') {
    event.respondWith(shellFirst(request, '/'));
  } else {
    event.respondWith(shellFirst(request, url.pathname));
  }
});
