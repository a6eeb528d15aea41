// The operator's requests, parsed once: what a gateway accepts from its customer.
import { Refusal } from '../http/refusal.js';

const idLengthMax = 128;
/** Ten joined SMS of 70 characters: the longest text a gateway takes in one piece here. */
const textLengthMax = 700;

export interface SmsRequest {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

export interface CallRequest {
  readonly id: string;
  readonly to: string;
  readonly code: string;
}

/** An E.164 number or undefined. Which numbers exist is the operator's customer's concern. */
export function parseNumber(value: unknown): string | undefined {
  return typeof value === 'string' && /^\+[1-9]\d{7,14}$/.test(value) ? value : undefined;
}

export function parseSms(body: Record<string, unknown>): SmsRequest {
  const { text } = body;
  if (typeof text !== 'string' || text.length === 0 || text.length > textLengthMax) {
    throw new Refusal(400, 'bad_text', `text must hold 1 to ${textLengthMax} characters.`);
  }
  return { ...parseCommon(body), text };
}

export function parseCall(body: Record<string, unknown>): CallRequest {
  const { code } = body;
  if (typeof code !== 'string' || !/^\d{5}$/.test(code)) {
    throw new Refusal(400, 'bad_code', 'code must be exactly five digits.');
  }
  return { ...parseCommon(body), code };
}

function parseCommon(body: Record<string, unknown>): { id: string; to: string } {
  const { id } = body;
  const to = parseNumber(body['to']);
  if (typeof id !== 'string' || id.length === 0 || id.length > idLengthMax) {
    throw new Refusal(400, 'bad_id', `id must hold 1 to ${idLengthMax} characters.`);
  }
  if (!to) throw new Refusal(400, 'bad_number', 'to must be a number such as +79175550142.');
  return { id, to };
}
