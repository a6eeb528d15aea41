// A telephone operator as its customers see it: it accepts an SMS or a call once per deduplication
// key, answers a repeated key with the first answer, and delivers to the inbox.
import { createHash, randomUUID } from 'node:crypto';
import type { Inbox } from './inbox.js';
import type { CallRequest, SmsRequest } from './requests.js';

export interface SmsAccepted {
  readonly message_id: string;
  readonly status: 'accepted';
}

export interface CallAccepted {
  readonly call_id: string;
  readonly from: string;
  readonly status: 'ringing';
}

/** The operator owns every number that starts so; five free digits follow. */
const callerPool = ['+784320', '+784321', '+784322', '+784323'] as const;

const rememberedMax = 200_000;

export class Operator {
  private readonly messages = new Map<string, SmsAccepted>();
  private readonly calls = new Map<string, CallAccepted>();

  constructor(
    private readonly inbox: Inbox,
    private readonly now: () => Date,
  ) {}

  sendSms(request: SmsRequest): SmsAccepted {
    const known = this.messages.get(request.id);
    if (known) return known;
    const accepted: SmsAccepted = { message_id: randomUUID(), status: 'accepted' };
    remember(this.messages, request.id, accepted);
    this.inbox.deliver({
      kind: 'sms',
      id: accepted.message_id,
      at: this.now().toISOString(),
      to: request.to,
      text: request.text,
    });
    return accepted;
  }

  ring(request: CallRequest): CallAccepted {
    const known = this.calls.get(request.id);
    if (known) return known;
    const from = callerNumber(request);
    const accepted: CallAccepted = { call_id: randomUUID(), from, status: 'ringing' };
    remember(this.calls, request.id, accepted);
    this.inbox.deliver({
      kind: 'call',
      id: accepted.call_id,
      at: this.now().toISOString(),
      to: request.to,
      from,
    });
    return accepted;
  }
}

function callerNumber(request: CallRequest): string {
  const digest = createHash('sha256').update(request.id).digest();
  const prefix = callerPool[(digest[0] ?? 0) % callerPool.length] ?? callerPool[0];
  return prefix + request.code;
}

function remember<T>(memory: Map<string, T>, id: string, accepted: T): void {
  memory.set(id, accepted);
  if (memory.size > rememberedMax) {
    const eldest = memory.keys().next().value;
    if (eldest !== undefined) memory.delete(eldest);
  }
}
