// Reads request bodies: bounded before they are held, decoded strictly, parsed once.
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal.js';

export const bodyBytesMax = 16 * 1024;

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    // Past the limit the rest is read and dropped, so that the peer gets to see the refusal.
    if (length <= bodyBytesMax) chunks.push(chunk);
    if (length > bodyBytesMax * 256) request.destroy();
  }
  if (length > bodyBytesMax) {
    throw new Refusal(413, 'too_large', `The body may hold at most ${bodyBytesMax} bytes.`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new Refusal(400, 'bad_encoding', 'The body is not valid UTF-8.');
  }
}

/** The body as a JSON object. Refuses with 400 bad_json or 413 too_large. */
export async function readJsonObject(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = await readText(request);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal(400, 'bad_json', 'The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Refusal(400, 'bad_json', 'The body must be a JSON object.');
  }
  return value as Record<string, unknown>;
}

/** The body as application/x-www-form-urlencoded. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await readText(request));
}
