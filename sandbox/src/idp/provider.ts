// The identity provider as one request handler under its prefix: faults first, then our pages,
// then npm oidc-provider.
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { FaultBoard } from '../faults/board.js';
import { isTamperMode, userinfoModes } from '../faults/modes.js';
import type { Mode } from '../faults/modes.js';
import type { idpParts } from '../faults/modes.js';
import type { ErrorVoice } from '../faults/strike.js';
import { strike } from '../faults/strike.js';
import { jsonReply, writeReply } from '../http/exchange.js';
import { Router } from '../http/router.js';
import type { Options } from '../options.js';
import type { Population } from '../population/population.js';
import { providerConfiguration } from './configuration.js';
import { addInteractionRoutes } from './interaction_routes.js';
import { renderProviderError } from './error_page.js';
import { SigningKey } from './signing_key.js';
import { tamperIdToken } from './tamper.js';

export const idpPrefix = '/idp';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const voice: ErrorVoice = {
  unavailable: (status) => jsonReply(status, {
    error: 'temporarily_unavailable',
    error_description: 'the identity provider cannot answer now',
  }),
  notFound: () => jsonReply(404, { error: 'invalid_request', error_description: 'unrecognized route' }),
};

export function createIdentityProvider(
  publicUrl: string,
  options: Options,
  population: Population,
  board: FaultBoard,
): RequestHandler {
  const key = SigningKey.generate(options.signingAlgorithm);
  const provider = new Provider(publicUrl + idpPrefix, providerConfiguration({
    prefix: idpPrefix,
    key,
    redirectUris: options.redirectUris,
    population,
    renderError: renderProviderError,
  }));
  provider.proxy = true;
  provider.on('server_error', (_ctx, error) => {
    console.error(JSON.stringify({ event: 'error', area: 'idp', error: String(error) }));
  });
  spoilAnswers(provider, board, key);
  return mount(provider, publicUrl, population, board);
}

const isUserinfoMode = (mode: Mode): boolean => (userinfoModes as readonly Mode[]).includes(mode);

/** Replaces the id_token of a token answer, or the sub of userinfo, when such a fault is set. */
function spoilAnswers(provider: Provider, board: FaultBoard, key: SigningKey): void {
  const foreign = SigningKey.generate(key.algorithm);
  provider.use(async (ctx: KoaContextWithOIDC, next) => {
    await next();
    const route: string | undefined = ctx.oidc?.route;
    const body = ctx.body as Record<string, unknown> | undefined;
    if (route === 'token' && typeof body?.['id_token'] === 'string') {
      const fault = board.take('idp.token', (mode) => isTamperMode(mode) && !isUserinfoMode(mode));
      if (fault && isTamperMode(fault.mode)) {
        ctx.body = { ...body, id_token: tamperIdToken(body['id_token'], fault.mode, key, foreign) };
      }
    }
    if (route === 'userinfo' && typeof body?.['sub'] === 'string') {
      if (board.take('idp.userinfo', (mode) => mode === 'wrong_sub')) {
        ctx.body = { ...body, sub: 'a-person-who-did-not-sign-in' };
      }
      if (board.take('idp.userinfo', (mode) => mode === 'other_family_name')) {
        ctx.body = { ...body, family_name: 'Прежняя' };
      }
    }
  });
}

function mount(provider: Provider, publicUrl: string, population: Population, board: FaultBoard): RequestHandler {
  const router = new Router();
  addInteractionRoutes(router, provider, population, idpPrefix);
  const callback = provider.callback();
  return async (request, response) => {
    const path = (request.url ?? '/').slice(idpPrefix.length);
    const part = partOf(path.split('?')[0] ?? '');
    const fault = board.take(`idp.${part}`, (mode) => !isTamperMode(mode));
    if (fault) {
      const outcome = await strike(fault, { request, response }, voice);
      if (outcome !== 'continue') {
        if (outcome) writeReply(response, outcome);
        return;
      }
    }
    pretendPublic(request, publicUrl);
    if (path.startsWith('/interaction/')) {
      await router.serve(request, response);
      return;
    }
    if (/^\/auth(\?|$)/.test(path)) forgetSession(request, response);
    // The provider finds out where it is mounted by comparing the two.
    Object.assign(request, { originalUrl: request.url });
    request.url = path === '' ? '/' : path;
    await callback(request, response);
  };
}

function partOf(path: string): (typeof idpParts)[number] {
  switch (path) {
    case '/.well-known/openid-configuration':
      return 'discovery';
    case '/jwks':
    case '/token':
      return path.slice(1) as 'jwks' | 'token';
    case '/me':
      return 'userinfo';
    default:
      return 'pages';
  }
}

/** Whatever name the peer used (127.0.0.1, localhost), links are built from the public address. */
function pretendPublic(request: IncomingMessage, publicUrl: string): void {
  const { host, protocol } = new URL(publicUrl);
  delete request.headers['x-forwarded-host'];
  request.headers.host = host;
  request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
}

/** Every sign-in starts afresh: in a demonstration the next person is usually another one. */
function forgetSession(request: IncomingMessage, response: ServerResponse): void {
  const cookies = (request.headers.cookie ?? '').split(';').filter((cookie) => !/^\s*_session/.test(cookie));
  request.headers.cookie = cookies.join(';');
  const expired = 'Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly';
  response.setHeader('Set-Cookie', [`_session=; ${expired}`, `_session.sig=; ${expired}`]);
}
