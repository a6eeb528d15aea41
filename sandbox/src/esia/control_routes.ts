// What tests reach for: registering a system, the certificates of tokens, ordered refusals.
import { readJsonObject } from '../http/body.js';
import { emptyReply } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';
import { parseClient } from './clients.js';
import type { EsiaParts } from './parts.js';
import { isEsiaCode } from './problem.js';

export function addControlRoutes(router: Router, parts: EsiaParts): void {
  router.add('POST', '/control/esia/clients', async ({ request }) => {
    parts.clients.add(parseClient(await readJsonObject(request)));
    return emptyReply(204);
  });
  router.add('GET', '/control/esia/certificate', async ({ url }) => {
    const alg = url.searchParams.get('alg') ?? 'gost';
    if (alg !== 'gost' && alg !== 'rsa') throw new Refusal(400, 'bad_alg', 'alg must be gost or rsa.');
    const headers = { 'Content-Type': 'application/x-pem-file' };
    return { status: 200, headers, body: await parts.mint.certificate(alg) };
  });
  router.add('POST', '/control/esia/refusals', async ({ request }) => {
    const { place, code } = await readJsonObject(request);
    const known = (place === 'authorize' || place === 'token') && typeof code === 'string' && isEsiaCode(code);
    if (!known) throw new Refusal(400, 'bad_refusal', 'Give place (authorize, token) and a code such as 007008.');
    parts.refusals.order(place, code);
    return emptyReply(204);
  });
}
