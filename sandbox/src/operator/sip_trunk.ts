// The operator's SIP trunk and all the phones behind it: a called party over UDP that lets calls ring.
// Only as much of SIP as a flash call meets: INVITE with digest authentication, CANCEL, ACK, BYE.
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { createSocket } from 'node:dgram';
import type { RemoteInfo, Socket } from 'node:dgram';
import type { FaultBoard } from '../faults/board.js';
import { sipModes } from '../faults/modes.js';
import type { Mode } from '../faults/modes.js';
import type { Inbox } from './inbox.js';
import { parseNumber } from './requests.js';

export const sipUsername = 'beresta';
export const sipPassword = 'secret';

const realm = 'sandbox';
const ringsForMs = 20_000;
const callsMax = 10_000;

/** What phones answer when they are made to; the rest ring. */
const answers: Partial<Record<Mode, string>> = {
  busy: '486 Busy Here',
  declined: '603 Decline',
  absent: '480 Temporarily Unavailable',
  unknown_number: '404 Not Found',
  error: '503 Service Unavailable',
};
const modes: readonly Mode[] = sipModes;

interface Message {
  readonly start: string;
  readonly headers: ReadonlyMap<string, string>;
  /** All Via lines, which an answer repeats. */
  readonly vias: readonly string[];
}

interface Call {
  readonly invite: Message;
  readonly peer: RemoteInfo;
  readonly tag: string;
  readonly end: NodeJS.Timeout;
}

export interface SipTrunk {
  readonly port: number;
  close(): Promise<void>;
}

export async function startSipTrunk(
  address: { readonly host: string; readonly port: number },
  inbox: Inbox,
  board: FaultBoard,
): Promise<SipTrunk> {
  const socket = createSocket('udp4');
  const trunk = new Trunk(socket, inbox, board);
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(address.port, address.host, resolve);
  });
  socket.on('message', (bytes, peer) => trunk.hear(bytes.toString('utf8'), peer));
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => {
      trunk.end();
      socket.close(() => resolve());
    }),
  };
}

class Trunk {
  private readonly calls = new Map<string, Call>();
  private readonly nonces = new Set<string>();

  constructor(
    private readonly socket: Socket,
    private readonly inbox: Inbox,
    private readonly board: FaultBoard,
  ) {}

  hear(text: string, peer: RemoteInfo): void {
    const message = parse(text);
    if (!message) return;
    const method = message.start.split(' ')[0];
    const call = this.calls.get(message.headers.get('call-id') ?? '');
    if (method === 'INVITE') this.invite(message, peer, call);
    else if (method === 'CANCEL') this.cancel(message, peer, call);
    else if (method === 'BYE') this.say(message, peer, '200 OK');
  }

  end(): void {
    for (const call of this.calls.values()) clearTimeout(call.end);
  }

  private invite(message: Message, peer: RemoteInfo, known: Call | undefined): void {
    if (known) return this.say(message, peer, '180 Ringing', known.tag);
    const mode = this.board.take('operator.sip', (one) => modes.includes(one))?.mode;
    if (mode === 'hang') return;
    if (!this.isAuthorised(message)) {
      const nonce = randomBytes(16).toString('hex');
      this.nonces.add(nonce);
      return this.say(message, peer, '401 Unauthorized', undefined,
        `WWW-Authenticate: Digest realm="${realm}", nonce="${nonce}", algorithm=MD5, qop="auth"\r\n`);
    }
    const [from, to] = [numberIn(message.headers.get('from')), numberIn(message.start)];
    if (!from || !to) return this.say(message, peer, '404 Not Found');
    this.say(message, peer, '100 Trying');
    const answer = mode && answers[mode];
    if (answer) return this.say(message, peer, answer);
    this.ring(message, peer, { from, to, answered: mode === 'answered' });
  }

  private ring(message: Message, peer: RemoteInfo, who: { from: string; to: string; answered: boolean }): void {
    const id = message.headers.get('call-id') ?? '';
    const tag = randomBytes(6).toString('hex');
    if (this.calls.size >= callsMax) return this.say(message, peer, '503 Service Unavailable');
    const end = setTimeout(() => this.finish(id, '480 Temporarily Unavailable'), ringsForMs);
    this.calls.set(id, { invite: message, peer, tag, end });
    this.say(message, peer, '180 Ringing', tag);
    this.inbox.deliver({ kind: 'call', id: randomUUID(), at: new Date().toISOString(), to: who.to, from: who.from });
    if (who.answered) this.finish(id, '200 OK');
  }

  private cancel(message: Message, peer: RemoteInfo, call: Call | undefined): void {
    this.say(message, peer, call ? '200 OK' : '481 Call/Transaction Does Not Exist', call?.tag);
    this.finish(message.headers.get('call-id') ?? '', '487 Request Terminated');
  }

  private finish(id: string, status: string): void {
    const call = this.calls.get(id);
    if (!call) return;
    clearTimeout(call.end);
    this.calls.delete(id);
    this.say(call.invite, call.peer, status, call.tag);
  }

  private say(to: Message, peer: RemoteInfo, status: string, tag?: string, extra = ''): void {
    const header = (name: string): string => to.headers.get(name) ?? '';
    const end = status.startsWith('100') ? '' : `;tag=${tag ?? 'sandbox'}`;
    const lines = [
      `SIP/2.0 ${status}`, ...to.vias.map((via) => `Via: ${via}`), `From: ${header('from')}`,
      `To: ${header('to')}${end}`, `Call-ID: ${header('call-id')}`, `CSeq: ${header('cseq')}`,
      `Contact: <sip:sandbox@${this.socket.address().address}:${this.socket.address().port}>`,
    ];
    this.socket.send(`${lines.join('\r\n')}\r\n${extra}Content-Length: 0\r\n\r\n`, peer.port, peer.address);
  }

  private isAuthorised(message: Message): boolean {
    const given = new Map([...(message.headers.get('authorization') ?? '').matchAll(/(\w+)="?([^",]*)"?/g)]
      .map(([, name = '', value = '']) => [name, value]));
    const field = (name: string): string => given.get(name) ?? '';
    // A nonce is used once.
    if (field('username') !== sipUsername || !this.nonces.delete(field('nonce'))) return false;
    const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
    const secret = md5(`${sipUsername}:${realm}:${sipPassword}`);
    const asked = md5(`INVITE:${field('uri')}`);
    const right = md5([secret, field('nonce'), field('nc'), field('cnonce'), 'auth', asked].join(':'));
    const response = field('response').padEnd(right.length).slice(0, right.length);
    return timingSafeEqual(Buffer.from(right), Buffer.from(response));
  }
}

function parse(text: string): Message | undefined {
  const [start = '', ...lines] = (text.split('\r\n\r\n')[0] ?? '').split('\r\n');
  if (!/^[A-Z]+ sips?:\S+ SIP\/2\.0$/.test(start)) return undefined;
  const headers = new Map<string, string>();
  const vias: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return undefined;
    const [name, value] = [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()];
    if (name === 'via') vias.push(value);
    else headers.set(name, value);
  }
  return { start, headers, vias };
}

function numberIn(address: string | undefined): string | undefined {
  return parseNumber(/sips?:(\+\d+)@/.exec(address ?? '')?.[1] ?? '');
}
