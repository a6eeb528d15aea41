import type * as z from 'zod/mini';
import { noteServerDate } from './clock';
import { NetworkError, UnreadableAnswerError, isProblem, parseProblem } from './problem';

const kTimeoutMs = 20_000;

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Call {
  method?: Method;
  body?: unknown;
  signal?: AbortSignal;
  cache?: RequestCache;
  /** The revision of what is changed: refused when somebody was faster. */
  ifMatch?: number;
}

// Held in memory only: a page that is closed forgets it, and no other origin can read it.
let csrfToken: string | undefined;
export function setCsrfToken(token: string | undefined): void {
  csrfToken = token;
}

let onUnauthenticated: () => void = () => undefined;
/** What to do when the server no longer knows the session. */
export function setUnauthenticatedHandler(handler: () => void): void {
  onUnauthenticated = handler;
}

let onFrozen: () => void = () => undefined;
/** What to do when the account is being closed: one page is left. */
export function setFrozenHandler(handler: () => void): void {
  onFrozen = handler;
}

let onUnaccepted: () => void = () => undefined;
/** What to do when a new agreement has to be accepted first. */
export function setUnacceptedHandler(handler: () => void): void {
  onUnaccepted = handler;
}

function headersOf(method: Method, { body, ifMatch }: Call): Headers {
  const headers = new Headers({ Accept: 'application/json, application/problem+json' });
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  if (method !== 'GET' && csrfToken !== undefined) headers.set('X-CSRF-Token', csrfToken);
  if (ifMatch !== undefined) headers.set('If-Match', `"${ifMatch}"`);
  return headers;
}

async function refusalOf(response: Response): Promise<Error> {
  const body: unknown = await response.json().catch(() => undefined);
  return parseProblem(body) ?? new UnreadableAnswerError(`HTTP ${response.status}`);
}

/** Sends one request. Throws ProblemError, NetworkError or UnreadableAnswerError. */
export async function send(path: string, call: Call = {}): Promise<Response> {
  const { method = 'GET', body, signal, cache = 'default' } = call;
  const timeout = AbortSignal.timeout(kTimeoutMs);
  const sentAt = Date.now();
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache,
      headers: headersOf(method, call),
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal === undefined ? timeout : anySignal(signal, timeout),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    throw new NetworkError('no answer', { cause });
  }
  if (response.headers.get('X-From-Cache') === null) {
    noteServerDate(response.headers.get('Date'), sentAt, Date.now());
  }
  if (response.ok) return response;
  if (response.status === 401 && csrfToken !== undefined) onUnauthenticated();
  const refusal = await refusalOf(response);
  if (isProblem(refusal, 'http.account_frozen')) onFrozen();
  if (isProblem(refusal, 'edition.not_accepted')) onUnaccepted();
  throw refusal;
}

/** Sends a request whose answer is JSON of a known shape. */
export async function requestJson<T>(
  schema: z.ZodMiniType<T>,
  path: string,
  call?: Call,
): Promise<T> {
  const response = await send(path, call);
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new UnreadableAnswerError(path);
  return parsed.data;
}

/** Sends a request whose success has no content. */
export async function requestNothing(path: string, call: Call): Promise<void> {
  await send(path, call);
}

/** Sends a request whose answer is a picture. */
export async function requestBlob(path: string, call?: Call): Promise<Blob> {
  const response = await send(path, call);
  return response.blob();
}

function anySignal(a: AbortSignal, b: AbortSignal): AbortSignal {
  // AbortSignal.any is younger than the browsers in people's hands.
  const controller = new AbortController();
  for (const signal of [a, b]) {
    if (signal.aborted) controller.abort(signal.reason);
    signal.addEventListener('abort', () => controller.abort(signal.reason), { once: true });
  }
  return controller.signal;
}
