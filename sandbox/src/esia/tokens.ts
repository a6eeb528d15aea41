// ESIA's tokens as its relying parties get them, and spoiled ones that none may accept.
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import type { EsiaTamperMode } from '../faults/modes.js';
import type { Person } from '../population/person.js';
import type { EsiaClient } from './clients.js';
import type { KeyKind, Openssl } from './openssl.js';

export const lifeSeconds = 3600;
const hour = 3600;

export function oidOf(person: Person): number {
  return 1_000_300_000 + person.index;
}

export interface IssuedTokens {
  readonly access_token: string;
  readonly id_token: string;
}

export interface TokenOrder {
  readonly client: EsiaClient;
  readonly person: Person;
  readonly scopes: readonly string[];
  readonly authTime: number;
}

type Payload = Record<string, unknown>;

export class TokenMint {
  constructor(
    private readonly openssl: Openssl,
    private readonly folder: string,
    private readonly issuer: () => string,
    private readonly now: () => Date,
  ) {}

  /** The certificate that this ESIA publishes for its tokens. */
  async certificate(kind: KeyKind): Promise<string> {
    await this.openssl.makeCertificate(this.folder, `esia-${kind}`, kind);
    return readFileSync(join(this.folder, `esia-${kind}.pem`), 'utf8');
  }

  async issue(order: TokenOrder, fault: EsiaTamperMode | undefined): Promise<IssuedTokens> {
    const iat = Math.floor(this.now().getTime() / 1000);
    const sid = randomBytes(32).toString('hex');
    const times = { iat, nbf: iat, exp: iat + lifeSeconds };
    const access = this.accessPayload(order, { ...times, sid });
    const id = this.idPayload(order, { ...times, sid });
    const kind = order.client.token_alg;
    const accessToken = await this.sign('access', access, kind);
    if (fault === 'other_person') {
      const other = { ...id, sub: '1000399999', 'urn:esia:sbj': undefined };
      return { access_token: accessToken, id_token: await this.sign('id', other, kind) };
    }
    return { access_token: accessToken, id_token: await this.idToken(id, kind, fault, accessToken) };
  }

  private accessPayload({ client, person, scopes }: TokenOrder, { sid, ...times }: Payload): Payload {
    const oid = oidOf(person);
    return {
      ...times,
      scope: scopes.map((scope) => (scope === 'openid' ? scope : `${scope}?oid=${oid}`)).join(' '),
      iss: this.issuer(),
      'urn:esia:sid': sid,
      'urn:esia:sbj_id': oid,
      client_id: client.client_id,
    };
  }

  private idPayload({ client, person, authTime }: TokenOrder, { sid, ...times }: Payload): Payload {
    const oid = oidOf(person);
    return {
      ...times,
      iss: this.issuer(),
      aud: client.client_id,
      sub: String(oid),
      auth_time: authTime,
      amr: 'PWD',
      'urn:esia:amd': 'PWD',
      'urn:esia:sid': sid,
      'urn:esia:sbj': {
        'urn:esia:sbj:typ': 'P',
        // Absent, not false, for those who are not verified.
        ...(person.trusted && { 'urn:esia:sbj:is_tru': true }),
        'urn:esia:sbj:oid': oid,
        'urn:esia:sbj:nam': `OID.${oid}`,
        'urn:esia:sbj:lvl': person.trusted ? 'PR' : 'P',
      },
    };
  }

  private async idToken(id: Payload, kind: KeyKind, fault: EsiaTamperMode | undefined, access: string): Promise<string> {
    const iat = Number(id['iat']);
    switch (fault) {
      case 'alg_none':
        return `${encode({ ver: 1, typ: 'JWT', sbt: 'id', alg: 'none' })}.${encode(id)}.`;
      case 'hs256_with_certificate':
        return this.hmacWithCertificate(id, kind);
      case 'foreign_key':
        return this.sign('id', id, kind, 'foreign');
      case 'wrong_aud':
        return this.sign('id', { ...id, aud: 'ANOTHER_SYSTEM' }, kind);
      case 'wrong_issuer':
        return this.sign('id', { ...id, iss: 'http://another-esia.example/' }, kind);
      case 'expired':
        return this.sign('id', { ...id, iat: iat - 2 * hour, nbf: iat - 2 * hour, exp: iat - hour }, kind);
      case 'not_yet_valid':
        return this.sign('id', { ...id, nbf: iat + hour }, kind);
      case 'wrong_kind':
        return access;
      case 'bad_signature':
        return flipOneBit(await this.sign('id', id, kind));
      default:
        return this.sign('id', id, kind);
    }
  }

  private async sign(sbt: string, payload: Payload, kind: KeyKind, signer = 'esia'): Promise<string> {
    const name = `${signer}-${kind}`;
    await this.openssl.makeCertificate(this.folder, name, kind);
    const alg = kind === 'gost' ? 'GOST3410_2012_256' : 'RS256';
    const text = `${encode({ ver: 1, typ: 'JWT', sbt, alg })}.${encode(payload)}`;
    const signature = await this.openssl.sign(text, join(this.folder, `${name}.key`), kind);
    return `${text}.${signature.toString('base64url')}`;
  }

  /** What a careless relying party verifies with the public certificate as a secret. */
  private async hmacWithCertificate(payload: Payload, kind: KeyKind): Promise<string> {
    const text = `${encode({ ver: 1, typ: 'JWT', sbt: 'id', alg: 'HS256' })}.${encode(payload)}`;
    const mac = createHmac('sha256', await this.certificate(kind)).update(text).digest('base64url');
    return `${text}.${mac}`;
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function flipOneBit(jwt: string): string {
  const [header, payload, signature] = jwt.split('.') as [string, string, string];
  const bytes = Buffer.from(signature, 'base64url');
  bytes.writeUInt8(bytes.readUInt8(7) ^ 1, 7);
  return `${header}.${payload}.${bytes.toString('base64url')}`;
}
