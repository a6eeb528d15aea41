// The provider's configuration: one confidential client, code flow with PKCE and nonce, our pages.
import { randomBytes } from 'node:crypto';
import { errors } from 'oidc-provider';
import type { Configuration, JWK } from 'oidc-provider';
import type { Population } from '../population/population.js';
import { claimsOf, scopeClaims, unverifiedAcr, verifiedAcr } from './claims.js';
import { MemoryAdapter } from './memory_adapter.js';
import type { SigningKey } from './signing_key.js';

export const clientId = 'beresta';
export const clientSecret = 'demo-client-secret';

export interface ProviderParts {
  /** Path the provider is mounted under, such as /idp. */
  readonly prefix: string;
  readonly key: SigningKey;
  readonly redirectUris: readonly string[];
  readonly population: Population;
  readonly renderError: NonNullable<Configuration['renderError']>;
}

export function providerConfiguration(parts: ProviderParts): Configuration {
  return {
    adapter: () => new MemoryAdapter(),
    clients: clients(parts),
    jwks: { keys: [parts.key.toJwk() as unknown as JWK] },
    enabledJWA: { idTokenSigningAlgValues: [parts.key.algorithm] },
    claims: scopeClaims,
    acrValues: [verifiedAcr, unverifiedAcr],
    responseTypes: ['code'],
    scopes: ['openid'],
    subjectTypes: ['public'],
    clientAuthMethods: ['client_secret_basic'],
    pkce: { required: () => true },
    extraParams: { nonce: requireNonce },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
    },
    interactions: { url: (_ctx, interaction) => `${parts.prefix}/interaction/${interaction.uid}` },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 3600, IdToken: 600, Interaction: 1800, Session: 3600 },
    findAccount: (_ctx, sub) => {
      const person = parts.population.bySub(sub);
      return person && { accountId: sub, claims: async () => claimsOf(person) };
    },
    renderError: parts.renderError,
  };
}

/** Without a redirect URI there is nobody to sign in to: the provider then knows no client. */
function clients(parts: ProviderParts): Configuration['clients'] {
  if (parts.redirectUris.length === 0) return [];
  return [{
    client_id: clientId,
    client_secret: clientSecret,
    client_name: 'Береста',
    redirect_uris: [...parts.redirectUris],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: parts.key.algorithm,
  }];
}

/** OpenID Connect leaves the nonce optional in the code flow; this provider does not. */
function requireNonce(_ctx: unknown, value: string | undefined): void {
  if (!value) throw new errors.InvalidRequest('nonce is required');
}
