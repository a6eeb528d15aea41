// The token endpoints of both schemes, by the code and by a refresh token.
import { isEsiaTamperMode } from '../faults/modes.js';
import type { EsiaTamperMode } from '../faults/modes.js';
import { withFaults } from '../faults/strike.js';
import { readForm } from '../http/body.js';
import type { Exchange, Handler, Reply } from '../http/exchange.js';
import { jsonReply } from '../http/exchange.js';
import type { Router } from '../http/router.js';
import type { EsiaParts } from './parts.js';
import { esiaPrefix, esiaVoice } from './parts.js';
import type { Grant } from './flows.js';
import { EsiaProblem, refuse } from './problem.js';
import type { Scheme } from './request.js';
import { Parameters } from './request.js';
import { lifeSeconds } from './tokens.js';

export function addTokenRoutes(router: Router, parts: EsiaParts, now: () => Date): void {
  const serve = (scheme: Scheme): Handler =>
    withFaults(parts.board, 'esia.token', esiaVoice, (exchange) => answer(exchange, parts, scheme, now));
  const wrongMethod = (): Reply => jsonReply(400, new EsiaProblem('007009').toJson(''));
  for (const [path, scheme] of [['te', 'v1'], ['v3/te', 'v2']] as const) {
    router.add('POST', `${esiaPrefix}/aas/oauth2/${path}`, serve(scheme));
    router.add('GET', `${esiaPrefix}/aas/oauth2/${path}`, wrongMethod);
  }
}

async function answer(exchange: Exchange, parts: EsiaParts, scheme: Scheme, now: () => Date): Promise<Reply> {
  const form = await readForm(exchange.request);
  const state = form.get('state') ?? '';
  try {
    return await exchangeGrant(new Parameters(form), parts, scheme, now);
  } catch (error) {
    if (!(error instanceof EsiaProblem)) throw error;
    const status = error.code === '007008' ? 503 : error.code === '007007' ? 500 : 400;
    return jsonReply(status, error.toJson(state));
  }
}

async function exchangeGrant(parameters: Parameters, parts: EsiaParts, scheme: Scheme, now: () => Date): Promise<Reply> {
  const client = parts.judge.findClient(parameters);
  parts.refusals.strike('token');
  if (parameters.need('token_type') !== 'Bearer') refuse('007003');
  const grantType = parameters.need('grant_type');
  if (!['authorization_code', 'refresh_token'].includes(grantType)) refuse('007012');
  const byCode = grantType === 'authorization_code';
  const code = byCode ? parameters.need('code') : '';
  const request = await parts.judge.check(client, parameters, scheme, code);
  const grant = byCode
    ? parts.flows.redeem(code, client.client_id, request.redirectUri)
    : parts.flows.refresh(parameters.need('refresh_token'), client.client_id);
  if (grant.flow.scheme !== scheme) refuse('007011');
  const asked = grant.flow.request.scopes;
  if (!request.scopes.every((scope) => asked.includes(scope))) refuse('007006');
  if (byCode) await checkVerifier(parameters, parts, grant);
  return tokens(parts, grant, request.state, now);
}

async function checkVerifier(parameters: Parameters, parts: EsiaParts, grant: Grant): Promise<void> {
  const { codeChallenge } = grant.flow;
  if (codeChallenge === '') return;
  const digest = await parts.openssl.streebog(parameters.get('code_verifier'));
  if (digest.toString('base64url') !== codeChallenge) refuse('007040');
}

async function tokens(parts: EsiaParts, grant: Grant, state: string, now: () => Date): Promise<Reply> {
  const { flow, person, authTime } = grant;
  const { client, scopes } = flow.request;
  const mode = parts.board.take('esia.token', isEsiaTamperMode)?.mode as EsiaTamperMode | undefined;
  const issued = await parts.mint.issue({ client, person, scopes, authTime }, mode);
  parts.flows.open(issued.access_token, { person, scopes, expiresAt: now().getTime() + lifeSeconds * 1000 });
  return jsonReply(200, {
    access_token: issued.access_token,
    ...(scopes.includes('openid') && { id_token: issued.id_token }),
    expires_in: lifeSeconds,
    state: mode === 'wrong_state' ? '7dc1eda5-0b5c-4f0b-9f6e-1f6a3b0f2c11' : state,
    token_type: 'Bearer',
    ...(flow.offline && { refresh_token: parts.flows.offerRefresh(grant) }),
  });
}
