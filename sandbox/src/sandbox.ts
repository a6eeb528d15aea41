// Puts the sandbox together: one listener, everything under path prefixes, all state in memory.
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addHomeRoutes } from './control/home_routes.js';
import { addControlRoutes } from './control/routes.js';
import { Esia } from './esia/esia.js';
import { FaultBoard } from './faults/board.js';
import { Router } from './http/router.js';
import { createIdentityProvider, idpPrefix } from './idp/provider.js';
import type { RequestHandler } from './idp/provider.js';
import { addMailRoutes } from './mail/mail_routes.js';
import { startMailServer } from './mail/mail_server.js';
import { Mailboxes } from './mail/mailbox.js';
import { Inbox } from './operator/inbox.js';
import { Operator } from './operator/operator.js';
import { addPhoneRoutes } from './operator/phone_routes.js';
import { addOperatorRoutes } from './operator/routes.js';
import { startSipTrunk } from './operator/sip_trunk.js';
import { startSmsCentre } from './operator/sms_centre.js';
import type { Options } from './options.js';
import { addAssetRoutes } from './pages/assets.js';
import { Population } from './population/population.js';
import { addPortraitRoutes } from './registries/portrait_routes.js';
import { Clinic, readClient } from './party/clinic.js';
import { addClinicRoutes } from './party/clinic_routes.js';
import { addRegistryRoutes } from './registries/routes.js';

export interface Sandbox {
  readonly port: number;
  /** Of the SMS centre and the SIP trunk; undefined where none was asked for. */
  readonly smppPort: number | undefined;
  readonly sipPort: number | undefined;
  /** Where its mail server listens. */
  readonly mailPort: number;
  /** Where browsers find it, without a slash at the end. */
  readonly publicUrl: string;
  readonly board: FaultBoard;
  readonly population: Population;
  /** Stops listening and drops every connection, slow answers included. */
  close(): Promise<void>;
}

export async function startSandbox(options: Options): Promise<Sandbox> {
  const now = (): Date => new Date();
  const router = new Router();
  const board = new FaultBoard();
  const inbox = new Inbox();
  const population = new Population(options.seed, options.population, now);
  addOperatorRoutes(router, new Operator(inbox, now), board);
  addRegistryRoutes(router, population, board, options.slowMs);
  addControlRoutes(router, population, board);
  addPhoneRoutes(router, inbox);
  const mailboxes = new Mailboxes();
  addMailRoutes(router, mailboxes);
  addPortraitRoutes(router, population);
  addHomeRoutes(router, population, board, options.clinicClientFile !== undefined);
  addAssetRoutes(router);
  let publicUrl = '';
  const esia = new Esia(
    router, () => publicUrl, { folder: options.esiaFolder, redirectUris: options.redirectUris }, { population, board, now },
  );

  let identityProvider: RequestHandler | undefined;
  const server = createServer((request, response) => {
    const serve = request.url?.startsWith(`${idpPrefix}/`) ? identityProvider : undefined;
    void (serve ? serve(request, response) : router.serve(request, response));
  });
  // Longer than the pools of usual clients keep idle connections, so that theirs end first.
  server.keepAliveTimeout = 75_000;
  const port = await listen(server, options);
  const mail = await startMailServer(options.mailPort, options.host, mailboxes);
  publicUrl = options.publicUrl ?? `http://localhost:${port}`;
  if (options.clinicIssuer !== undefined && options.clinicClientFile !== undefined) {
    const clinic = new Clinic({
      issuer: options.clinicIssuer, redirectUri: `${publicUrl}/clinic/callback`, ...readClient(options.clinicClientFile),
    });
    addClinicRoutes(router, clinic, () => publicUrl);
  }
  // The issuer's name holds the port, which is known only now.
  identityProvider = createIdentityProvider(publicUrl, options, population, board);
  const { host, smppPort, sipPort } = options;
  const centre = smppPort === undefined ? undefined : await startSmsCentre({ host, port: smppPort }, inbox, board);
  const trunk = sipPort === undefined ? undefined : await startSipTrunk({ host, port: sipPort }, inbox, board);
  const end = async (): Promise<void> => {
    await Promise.all([close(server), mail.close(), centre?.close(), trunk?.close()]).finally(() => esia.close());
  };
  return {
    port, mailPort: mail.port, smppPort: centre?.port, sipPort: trunk?.port, publicUrl, board, population, close: end,
  };
}

async function listen(server: Server, options: Options): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await closed;
}
