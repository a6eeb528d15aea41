// What every part of ESIA works with. Imports no part that has routes, so that nothing goes in a circle.
import type { FaultBoard } from '../faults/board.js';
import type { ErrorVoice } from '../faults/strike.js';
import { jsonReply } from '../http/exchange.js';
import type { Population } from '../population/population.js';
import type { EsiaClients } from './clients.js';
import type { Flows } from './flows.js';
import type { Openssl } from './openssl.js';
import type { EsiaCode } from './problem.js';
import { EsiaProblem } from './problem.js';
import type { RequestJudge } from './request.js';
import type { TokenMint } from './tokens.js';

export const esiaPrefix = '/esia';

export interface EsiaParts {
  readonly publicUrl: () => string;
  readonly clients: EsiaClients;
  readonly judge: RequestJudge;
  readonly flows: Flows;
  readonly mint: TokenMint;
  readonly openssl: Openssl;
  readonly population: Population;
  readonly board: FaultBoard;
  readonly refusals: Refusals;
}

/** Refusals that a test has ordered: the next requests at a place get them. */
export class Refusals {
  private readonly ordered = new Map<string, EsiaCode>();

  order(place: 'authorize' | 'token', code: EsiaCode): void {
    this.ordered.set(place, code);
  }

  strike(place: 'authorize' | 'token'): void {
    const code = this.ordered.get(place);
    this.ordered.delete(place);
    if (code) throw new EsiaProblem(code);
  }
}

export const esiaVoice: ErrorVoice = {
  unavailable: (status) => jsonReply(status, new EsiaProblem('007007').toJson('')),
  notFound: () => jsonReply(404, { code: 'ESIA-005011', message: 'Запрашиваемый объект не найден' }),
};
