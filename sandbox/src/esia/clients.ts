// Information systems that are registered at this ESIA: their certificate, addresses and rights.
import { readFileSync } from 'node:fs';
import { Refusal } from '../http/refusal.js';
import type { KeyKind } from './openssl.js';

export interface EsiaClient {
  readonly client_id: string;
  readonly redirect_uris: readonly string[];
  /** PEM; an X.509 certificate with a GOST or an RSA key. */
  readonly certificate: string;
  /** How tokens for this system are signed. */
  readonly token_alg: KeyKind;
  readonly pkce: boolean;
}

const knownScopes = new Set((
  'openid fullname birthdate birthplace gender citizenship snils inn id_doc email mobile contacts addresses vehicles'
  + ' usr_org medical_doc drivers_licence_doc foreign_passport_doc').split(' '));
const knownOrgScopes = new Set(['org_fullname', 'org_shortname', 'org_ogrn', 'org_inn', 'org_type']);

export function areScopes(scopes: readonly string[]): boolean {
  return scopes.every((scope) => knownScopes.has(scope)) && new Set(scopes).size === scopes.length;
}

export function areOrgScopes(scopes: readonly string[]): boolean {
  return scopes.every((scope) => knownOrgScopes.has(scope));
}

export class EsiaClients {
  private readonly byId = new Map<string, () => EsiaClient>();

  find(clientId: string): EsiaClient | undefined {
    return this.byId.get(clientId)?.();
  }

  add(client: EsiaClient): void {
    this.byId.set(client.client_id, () => client);
  }

  /** A system whose certificate may be renewed in its file while the sandbox runs. */
  addFile(client: Omit<EsiaClient, 'certificate'>, file: string): void {
    this.byId.set(client.client_id, () => ({ ...client, certificate: readFileSync(file, 'utf8') }));
  }
}

/** Parses the body of POST /control/esia/clients. */
export function parseClient(body: Record<string, unknown>): EsiaClient {
  const { client_id, redirect_uris, certificate, token_alg = 'gost', pkce = false } = body;
  const fits = typeof client_id === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(client_id)
    && Array.isArray(redirect_uris) && redirect_uris.every((uri) => typeof uri === 'string' && URL.canParse(uri))
    && typeof certificate === 'string' && certificate.includes('-----BEGIN CERTIFICATE-----')
    && (token_alg === 'gost' || token_alg === 'rsa') && typeof pkce === 'boolean';
  if (!fits) {
    throw new Refusal(400, 'bad_client', 'Give client_id, redirect_uris, certificate (PEM), token_alg (gost, rsa) and pkce.');
  }
  return { client_id, redirect_uris: redirect_uris as string[], certificate, token_alg, pkce };
}
