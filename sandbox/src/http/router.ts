// A small router: method and path segments, `:name` for a parameter, nothing else.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Handler, Reply } from './exchange.js';
import { jsonReply, writeReply } from './exchange.js';
import { Refusal } from './refusal.js';

interface Route {
  readonly method: string;
  readonly segments: readonly string[];
  readonly handler: Handler;
}

export class Router {
  private readonly routes: Route[] = [];

  add(method: 'GET' | 'POST' | 'DELETE', path: string, handler: Handler): void {
    this.routes.push({ method, segments: path.split('/'), handler });
  }

  /** Answers the request; never throws. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const reply = await this.dispatch(request, response);
      if (reply) writeReply(response, reply);
    } catch (error) {
      if (error instanceof Refusal) {
        writeReply(response, error.toReply());
        return;
      }
      if (!request.destroyed) console.error(JSON.stringify({ event: 'error', error: String(error) }));
      writeReply(response, jsonReply(500, { error: 'internal', message: 'The sandbox failed.' }));
    }
  }

  private async dispatch(request: IncomingMessage, response: ServerResponse): Promise<Reply | undefined> {
    const url = parseUrl(request);
    const actual = url.pathname.split('/');
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const allowed: string[] = [];
    for (const route of this.routes) {
      const params = matchSegments(route.segments, actual);
      if (!params) continue;
      if (route.method === method) return route.handler({ request, response, url, params });
      allowed.push(route.method);
    }
    if (allowed.length > 0) {
      throw new Refusal(405, 'method_not_allowed', `Use ${allowed.join(' or ')}.`, { Allow: allowed.join(', ') });
    }
    throw new Refusal(404, 'not_found', 'There is nothing at this address.');
  }
}

function parseUrl(request: IncomingMessage): URL {
  try {
    return new URL(`http://sandbox${request.url ?? '/'}`);
  } catch {
    throw new Refusal(400, 'bad_address', 'The address cannot be read.');
  }
}

function matchSegments(
  pattern: readonly string[],
  actual: readonly string[],
): Record<string, string> | undefined {
  if (pattern.length !== actual.length) return undefined;
  const params: Record<string, string> = {};
  for (const [position, expected] of pattern.entries()) {
    const segment = actual[position] ?? '';
    if (!expected.startsWith(':')) {
      if (segment !== expected) return undefined;
      continue;
    }
    try {
      params[expected.slice(1)] = decodeURIComponent(segment);
    } catch {
      throw new Refusal(400, 'bad_address', 'The address cannot be read.');
    }
  }
  return params;
}
