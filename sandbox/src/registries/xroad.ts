// The X-Road style envelope around every registry: who asks (a header), what answered (headers),
// and failures of the exchange itself, which are told apart from the registry's own "no".
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Reply } from '../http/exchange.js';
import { jsonReply } from '../http/exchange.js';

export const knownClient = 'DEMO/GOV/1001/beresta';

const requestIdLengthMax = 255;

/** A failure of the exchange: the header X-Road-Error says that no registry was reached. */
export function xroadError(status: number, type: string, message: string): Reply {
  return jsonReply(status, { type, message, detail: randomUUID() }, { 'X-Road-Error': type });
}

export function serviceFailed(status: number): Reply {
  return xroadError(
    status,
    'Server.ServerProxy.ServiceFailed.HttpError',
    `The service answered with status ${status}.`,
  );
}

export function unknownService(): Reply {
  return xroadError(404, 'Server.ServiceNotFound', 'There is no such service at this member.');
}

/** The registry was reached, and it does not hold such a document. */
export function noSuchDocument(): Reply {
  return jsonReply(404, { type: 'NotFound', message: 'no such document' });
}

/** Checks who asks; the reply is the refusal, undefined means welcome. */
export function refuseClient(request: IncomingMessage): Reply | undefined {
  const client = request.headers['x-road-client'];
  if (client === undefined) {
    return xroadError(400, 'Client.MissingHeader', 'Required header X-Road-Client is missing.');
  }
  if (typeof client !== 'string' || !/^[^/]+(\/[^/]+){3}$/.test(client)) {
    return xroadError(400, 'Client.BadHeader', 'X-Road-Client must be INSTANCE/CLASS/MEMBER/SUBSYSTEM.');
  }
  if (client !== knownClient) {
    return xroadError(403, 'Server.ServerProxy.AccessDenied', `Client ${client} may not use this service.`);
  }
  return undefined;
}

/** Adds what every answer of the exchange carries. */
export function withEnvelope(request: IncomingMessage, service: string, reply: Reply): Reply {
  const given = request.headers['x-road-id'];
  const id = typeof given === 'string' && given.length <= requestIdLengthMax ? given : randomUUID();
  const client = request.headers['x-road-client'];
  return {
    ...reply,
    headers: {
      ...reply.headers,
      ...(client === knownClient ? { 'X-Road-Client': client } : {}),
      'X-Road-Id': id,
      'X-Road-Request-Id': randomUUID(),
      'X-Road-Service': service,
    },
  };
}
