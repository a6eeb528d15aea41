// What is used of the npm package "smpp", which brings no types of its own.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server as NetServer } from 'node:net';

  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly source_addr?: string;
    readonly destination_addr?: string;
    readonly registered_delivery?: number;
    readonly short_message?: { readonly udh?: readonly Buffer[]; readonly message: string };
    response(fields?: Record<string, unknown>): Pdu;
  }

  export interface Session extends EventEmitter {
    send(pdu: Pdu): boolean;
    deliver_sm(fields: Record<string, unknown>): boolean;
    close(): void;
    destroy(): void;
  }

  const smpp: {
    createServer(listener: (session: Session) => void): NetServer & { readonly sessions: Session[] };
    readonly ESME_ROK: number;
    readonly ESME_RBINDFAIL: number;
    readonly ESME_RINVDSTADR: number;
    readonly ESME_RTHROTTLED: number;
    readonly ESME_RSYSERR: number;
    readonly ESM_CLASS: { readonly MC_DELIVERY_RECEIPT: number };
  };
  export default smpp;
}
