// A request the sandbox will not serve. Thrown by parsers of outside input, turned into a Reply
// by the router, so that handlers only describe the good case.
import type { Reply } from './exchange.js';
import { jsonReply } from './exchange.js';

export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }

  toReply(): Reply {
    return jsonReply(this.status, { error: this.code, message: this.message }, this.headers);
  }
}
