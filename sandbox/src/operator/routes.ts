// The operator's HTTP interface: POST /operator/sms and POST /operator/calls.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FaultBoard } from '../faults/board.js';
import type { ErrorVoice } from '../faults/strike.js';
import { withFaults } from '../faults/strike.js';
import { readJsonObject } from '../http/body.js';
import type { Exchange, Handler } from '../http/exchange.js';
import { jsonReply } from '../http/exchange.js';
import { Refusal } from '../http/refusal.js';
import type { Router } from '../http/router.js';
import type { Operator } from './operator.js';
import { parseCall, parseSms } from './requests.js';

export const operatorToken = 'demo-operator-token';

const voice: ErrorVoice = {
  unavailable: (status) =>
    jsonReply(status, { error: 'unavailable', message: 'The operator cannot take this now.' }),
  notFound: () => jsonReply(404, { error: 'not_found', message: 'There is no such service.' }),
};

export function addOperatorRoutes(router: Router, operator: Operator, board: FaultBoard): void {
  const sms: Handler = async (exchange) => {
    const body = await authorisedBody(exchange);
    return jsonReply(200, operator.sendSms(parseSms(body)));
  };
  const calls: Handler = async (exchange) => {
    const body = await authorisedBody(exchange);
    return jsonReply(200, operator.ring(parseCall(body)));
  };
  router.add('POST', '/operator/sms', withFaults(board, 'operator.sms', voice, sms));
  router.add('POST', '/operator/calls', withFaults(board, 'operator.calls', voice, calls));
}

async function authorisedBody(exchange: Exchange): Promise<Record<string, unknown>> {
  const given = exchange.request.headers.authorization ?? '';
  if (!sameText(given, `Bearer ${operatorToken}`)) {
    exchange.request.resume();
    throw new Refusal(401, 'unauthorised', 'Send the customer token: Authorization: Bearer ...', {
      'WWW-Authenticate': 'Bearer realm="operator"',
    });
  }
  return readJsonObject(exchange.request);
}

function sameText(left: string, right: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
