// The demonstration's relying party: a clinic that signs people in with Beresta by the stock library
// openid-client, and shows what it got and nothing else. Its visits live in memory.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as oidc from 'openid-client';

export interface ClinicOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

export interface Visit {
  /** What only the browser that left may answer with. */
  readonly asked?: { readonly verifier: string; readonly state: string; readonly nonce: string };
  /** What the terminal in the hall shows while the person decides on a telephone. */
  readonly terminal?: { readonly code: string; readonly address: string };
  refusal?: string;
  claims?: Readonly<Record<string, unknown>>;
  idToken?: string;
}

type Tokens = Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>;

const visitsMax = 1000;
const scope = 'openid profile phone';

/** What `beresta relying-party add` printed. */
export function readClient(file: string): { clientId: string; clientSecret: string } {
  const { client_id, client_secret } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  if (typeof client_id !== 'string' || typeof client_secret !== 'string') {
    throw new Error(`${file} holds no client_id and client_secret`);
  }
  return { clientId: client_id, clientSecret: client_secret };
}

export class Clinic {
  private readonly visits = new Map<string, Visit>();
  private configuration: Promise<oidc.Configuration> | undefined;

  constructor(private readonly options: ClinicOptions) {}

  find(id: string): Visit | undefined {
    return this.visits.get(id);
  }

  /** Where the browser goes to sign in, and the cookie that says whose answer it will be. */
  async begin(language: string): Promise<{ visit: string; url: string }> {
    const verifier = oidc.randomPKCECodeVerifier();
    const asked = { verifier, state: oidc.randomState(), nonce: oidc.randomNonce() };
    const url = oidc.buildAuthorizationUrl(await this.connect(), {
      redirect_uri: this.options.redirectUri,
      scope,
      state: asked.state,
      nonce: asked.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ui_locales: language,
    });
    return { visit: this.keep({ asked }), url: url.href };
  }

  /** A device without a browser: it shows a code and asks every few seconds what the person decided. */
  async beginAtTerminal(): Promise<string> {
    const configuration = await this.connect();
    const started = await oidc.initiateDeviceAuthorization(configuration, { scope });
    const visit: Visit = { terminal: { code: started.user_code, address: started.verification_uri } };
    void oidc
      .pollDeviceAuthorizationGrant(configuration, started)
      .then((tokens) => this.receive(visit, configuration, tokens))
      .catch((error: unknown) => {
        visit.refusal = error instanceof Error ? error.message : String(error);
      });
    return this.keep(visit);
  }

  /** The browser is back: exchanges the code and asks for the claims. */
  async finish(visit: Visit, query: string): Promise<void> {
    if (visit.asked === undefined) throw new Error('nothing was asked');
    const { verifier, state, nonce } = visit.asked;
    const configuration = await this.connect();
    const tokens = await oidc.authorizationCodeGrant(
      configuration, new URL(`${this.options.redirectUri}${query}`),
      { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce });
    await this.receive(visit, configuration, tokens);
  }

  /** Where signing out of Beresta begins. */
  async leave(id: string, back: string): Promise<string> {
    const idToken = this.visits.get(id)?.idToken;
    this.visits.delete(id);
    const url = oidc.buildEndSessionUrl(await this.connect(), {
      post_logout_redirect_uri: back,
      ...(idToken === undefined ? {} : { id_token_hint: idToken }),
    });
    return url.href;
  }

  private keep(visit: Visit): string {
    const id = randomBytes(24).toString('base64url');
    if (this.visits.size >= visitsMax) this.visits.clear();
    this.visits.set(id, visit);
    return id;
  }

  private async receive(visit: Visit, configuration: oidc.Configuration, tokens: Tokens): Promise<void> {
    const sub = tokens.claims()?.sub ?? '';
    visit.claims = await oidc.fetchUserInfo(configuration, tokens.access_token, sub);
    if (tokens.id_token !== undefined) visit.idToken = tokens.id_token;
  }

  // The server may start after the sandbox: asked for at the first visit, and again after a failure.
  private connect(): Promise<oidc.Configuration> {
    this.configuration ??= oidc
      .discovery(new URL(this.options.issuer), this.options.clientId, {},
        oidc.ClientSecretBasic(this.options.clientSecret), { execute: [oidc.allowInsecureRequests] })
      .catch((error: unknown) => {
        this.configuration = undefined;
        throw error;
      });
    return this.configuration;
  }
}
