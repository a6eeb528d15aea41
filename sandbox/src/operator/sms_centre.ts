// The operator's SMS centre: SMPP 3.4 on the npm package "smpp". It takes messages from its customer
// and from Kannel alike, puts parts together, delivers to the inbox and reports.
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import smpp from 'smpp';
import type { Pdu, Session } from 'smpp';
import type { FaultBoard } from '../faults/board.js';
import { smppModes } from '../faults/modes.js';
import type { Mode } from '../faults/modes.js';
import type { Inbox } from './inbox.js';
import { parseNumber } from './requests.js';

export const smppSystemId = 'beresta';
export const smppPassword = 'secret';

const bindCommands = ['bind_transceiver', 'bind_transmitter', 'bind_receiver'];
const reportAfterMs = 30;
const unfinishedMax = 10_000;

interface Part {
  readonly key: string;
  readonly number: number;
  readonly total: number;
}

export interface SmsCentre {
  readonly port: number;
  close(): Promise<void>;
}

export async function startSmsCentre(
  address: { readonly host: string; readonly port: number },
  inbox: Inbox,
  board: FaultBoard,
): Promise<SmsCentre> {
  const unfinished = new Map<string, string[]>();
  const server = smpp.createServer((session) => serve(session, { inbox, board, unfinished }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address.port, address.host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const session of [...server.sessions]) session.destroy();
    }),
  };
}

interface Desk {
  readonly inbox: Inbox;
  readonly board: FaultBoard;
  readonly unfinished: Map<string, string[]>;
}

function serve(session: Session, desk: Desk): void {
  let bound = false;
  session.on('error', () => session.destroy());
  for (const command of bindCommands) {
    session.on(command, (pdu: Pdu) => {
      bound = pdu.system_id === smppSystemId && pdu.password === smppPassword;
      session.send(pdu.response(bound ? { system_id: 'sandbox' } : { command_status: smpp.ESME_RBINDFAIL }));
      if (!bound) session.close();
    });
  }
  session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
  session.on('unbind', (pdu: Pdu) => {
    session.send(pdu.response());
    session.close();
  });
  session.on('submit_sm', (pdu: Pdu) => {
    if (bound) submit(session, pdu, desk);
    else session.destroy();
  });
}

const modes: readonly Mode[] = smppModes;

function submit(session: Session, pdu: Pdu, desk: Desk): void {
  const mode = desk.board.take('operator.smpp', (known) => modes.includes(known))?.mode;
  if (mode === 'hang') return;
  if (mode === 'outage') return session.destroy();
  if (mode === 'throttled' || mode === 'error') {
    const status = mode === 'throttled' ? smpp.ESME_RTHROTTLED : smpp.ESME_RSYSERR;
    session.send(pdu.response({ command_status: status }));
    return;
  }
  const to = parseNumber(`+${(pdu.destination_addr ?? '').replace(/^\+/, '')}`);
  if (!to) {
    session.send(pdu.response({ command_status: smpp.ESME_RINVDSTADR }));
    return;
  }
  const id = randomUUID();
  const delivered = mode !== 'undelivered';
  if (delivered) deliver(to, id, pdu, desk);
  if (mode === 'lost_answer') return session.destroy();
  session.send(pdu.response({ message_id: id }));
  if (pdu.registered_delivery) setTimeout(() => report(session, pdu, id, delivered), reportAfterMs);
}

/** The concatenation element among the user data headers: reference, total, number. */
function partOf(pdu: Pdu): Part | undefined {
  for (const udh of pdu.short_message?.udh ?? []) {
    if (udh[0] === 0x00 && udh.length >= 5) {
      return { key: `${pdu.destination_addr}|${udh[2]}|${udh[3]}`, total: udh[3] ?? 1, number: udh[4] ?? 1 };
    }
  }
  return undefined;
}

function deliver(to: string, id: string, pdu: Pdu, { inbox, unfinished }: Desk): void {
  let text = pdu.short_message?.message ?? '';
  const part = partOf(pdu);
  if (part) {
    const parts = unfinished.get(part.key) ?? [];
    parts[part.number - 1] = text;
    unfinished.set(part.key, parts);
    if (unfinished.size > unfinishedMax) unfinished.delete(unfinished.keys().next().value ?? '');
    if (Object.keys(parts).length < part.total) return;
    unfinished.delete(part.key);
    text = parts.join('');
  }
  inbox.deliver({ kind: 'sms', id, at: new Date().toISOString(), to, text });
}

function report(session: Session, pdu: Pdu, id: string, delivered: boolean): void {
  const when = new Date().toISOString().replace(/\D/g, '').slice(2, 12);
  const state = delivered ? 'DELIVRD' : 'UNDELIV';
  session.deliver_sm({
    esm_class: smpp.ESM_CLASS.MC_DELIVERY_RECEIPT,
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    short_message: `id:${id} sub:001 dlvrd:00${delivered ? 1 : 0} submit date:${when} done date:${when} `
      + `stat:${state} err:000 text:`,
    receipted_message_id: id,
    message_state: delivered ? 2 : 5,
  });
}
