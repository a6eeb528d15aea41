// Carries out a fault on a live exchange.
import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerResponse } from 'node:http';
import type { Exchange, Handler, Reply } from '../http/exchange.js';
import type { Fault, FaultBoard } from './board.js';
import { isContentMode } from './modes.js';

const hugeBytes = 6 * 1024 * 1024;
const dripIntervalMs = 200;
const dripFallback = '{"message":"this answer never hurries"}'.padEnd(4096, ' ');

/** How an area words its own failures; each protocol has its own error body. */
export interface ErrorVoice {
  unavailable(status: number): Reply;
  notFound(): Reply;
}

/** Waits, but no longer than the peer does. */
export async function sleepWhileOpen(response: ServerResponse, delayMs: number): Promise<void> {
  const gone = new AbortController();
  const abort = (): void => gone.abort();
  response.once('close', abort);
  try {
    await sleep(delayMs, undefined, { signal: gone.signal });
  } catch {
    // The peer left: whatever is written next goes nowhere, and that is fine.
  } finally {
    response.off('close', abort);
  }
}

/** Wraps a handler so that faults on `target` strike before, instead of or after it. */
export function withFaults(board: FaultBoard, target: string, voice: ErrorVoice, handler: Handler): Handler {
  return async (exchange) => {
    const fault = board.take(target, (mode) => !isContentMode(mode));
    if (!fault) return handler(exchange);
    if (fault.mode === 'drip') {
      const reply = await handler(exchange);
      await drip(exchange.response, reply);
      return undefined;
    }
    if (fault.mode === 'lost_answer') {
      await handler(exchange);
      exchange.request.socket.destroy();
      return undefined;
    }
    const outcome = await strike(fault, exchange, voice);
    return outcome === 'continue' ? handler(exchange) : outcome;
  };
}

/** 'continue' means the real answer still follows; undefined means all was said (or never will be). */
export async function strike(
  fault: Fault,
  exchange: Pick<Exchange, 'request' | 'response'>,
  voice: ErrorVoice,
): Promise<Reply | undefined | 'continue'> {
  const { request, response } = exchange;
  switch (fault.mode) {
    case 'delay':
      await sleepWhileOpen(response, fault.delay_ms);
      return response.destroyed ? undefined : 'continue';
    case 'error':
      return voice.unavailable(fault.status);
    case 'not_found':
      return voice.notFound();
    case 'not_json':
      // Labelled as JSON on purpose: the label is what a careless client believes.
      return {
        status: 200,
        headers: { 'Content-Type': 'application/json' },
        body: '<!doctype html><title>Технические работы</title><h1>Ведутся технические работы</h1>',
      };
    case 'outage':
      request.socket.destroy();
      return undefined;
    case 'huge':
      await pourHuge(response);
      return undefined;
    case 'drip':
      await drip(response, undefined);
      return undefined;
    case 'hang':
      return undefined;
    default:
      return 'continue';
  }
}

async function pourHuge(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.write('{"padding":"');
  const block = 'x'.repeat(64 * 1024);
  for (let sent = 0; sent < hugeBytes && !response.destroyed; sent += block.length) {
    if (!response.write(block)) {
      await new Promise<void>((resolve) => {
        response.once('drain', resolve);
        response.once('close', resolve);
      });
    }
  }
  response.end('"}');
}

async function drip(response: ServerResponse, reply: Reply | undefined): Promise<void> {
  const body = Buffer.from(reply?.body ?? dripFallback);
  const headers = reply?.headers ?? { 'Content-Type': 'application/json' };
  response.writeHead(reply?.status ?? 200, { ...headers, 'Content-Length': body.length });
  for (let sent = 0; sent < body.length && !response.destroyed; sent += 1) {
    response.write(body.subarray(sent, sent + 1));
    await sleepWhileOpen(response, dripIntervalMs);
  }
  if (!response.destroyed) response.end();
}

