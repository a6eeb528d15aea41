// The state identity system: what its parts share, and where it is mounted.
import { join } from 'node:path';
import type { FaultBoard } from '../faults/board.js';
import type { Router } from '../http/router.js';
import type { Population } from '../population/population.js';
import { addAuthorizeRoutes } from './authorize_routes.js';
import { EsiaClients } from './clients.js';
import { addControlRoutes } from './control_routes.js';
import { Flows } from './flows.js';
import { Openssl } from './openssl.js';
import type { EsiaParts } from './parts.js';
import { esiaPrefix, Refusals } from './parts.js';
import { RequestJudge } from './request.js';
import { addRestRoutes } from './rest_routes.js';
import { addTokenRoutes } from './token_routes.js';
import { TokenMint } from './tokens.js';

export const demoClientId = 'BERESTA';

export interface EsiaOptions {
  /** Folder with client.pem, the certificate of the demonstration's system; ESIA's own keys are made there. */
  readonly folder: string | undefined;
  readonly redirectUris: readonly string[];
}

export class Esia {
  private readonly openssl = new Openssl();

  /** @param publicUrl is known only once the sandbox listens. */
  constructor(
    router: Router,
    publicUrl: () => string,
    options: EsiaOptions,
    world: { readonly population: Population; readonly board: FaultBoard; readonly now: () => Date },
  ) {
    const { population, board, now } = world;
    const clients = new EsiaClients();
    if (options.folder !== undefined) {
      clients.addFile(
        { client_id: demoClientId, redirect_uris: options.redirectUris, token_alg: 'gost', pkce: false },
        join(options.folder, 'client.pem'),
      );
    }
    const folder = options.folder ?? this.openssl.folder;
    const home = (): string => publicUrl() + esiaPrefix;
    const parts: EsiaParts = {
      publicUrl: home,
      clients,
      judge: new RequestJudge(clients, this.openssl, now),
      flows: new Flows(now),
      mint: new TokenMint(this.openssl, folder, () => `${home()}/`, now),
      openssl: this.openssl,
      population,
      board,
      refusals: new Refusals(),
    };
    addAuthorizeRoutes(router, parts);
    addTokenRoutes(router, parts, now);
    addRestRoutes(router, parts);
    addControlRoutes(router, parts);
  }

  close(): void {
    this.openssl.close();
  }
}
