// Apache with Debian's libapache2-mod-auth-openidc as a relying party: configured by discovery alone, in a folder and
// on a port of its own. Its protected page says what the module puts into the environment of a program behind it.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exchange } from './client.mjs';
import { Running, until } from './harness.mjs';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';

/** What the party registers; `port` is Apache's. */
export const apacheRegistration = (port) => ({
  redirect_uris: [`http://localhost:${port}/app/callback`],
  post_logout_redirect_uris: [`http://localhost:${port}/bye.html`],
  backchannel_logout_uri: `http://localhost:${port}/app/callback?logout=backchannel`,
});

function configuration(folder, port, { issuer, party, scope }) {
  const modules = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'include', 'rewrite', 'auth_openidc'];
  return `
ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
Mutex file:${folder}
ErrorLog ${folder}/error.log
LogLevel warn auth_openidc:info
${process.getuid() === 0 ? 'User www-data\nGroup www-data' : ''}
${modules.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
StartServers 1
ServerLimit 1
ThreadsPerChild 8
MaxRequestWorkers 8
DocumentRoot ${folder}/pages
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${party.client_id}
OIDCClientSecret ${party.client_secret}
OIDCRedirectURI http://localhost:${port}/app/callback
OIDCCryptoPassphrase ${party.client_secret}
OIDCScope "${scope}"
OIDCPKCEMethod S256
OIDCProviderTokenEndpointAuth client_secret_basic
OIDCRemoteUserClaim sub
# Debian 12's module (2.4.12) takes the iss of a refusal (RFC 9207) for a sign-in that we would like to begin.
RewriteEngine On
RewriteCond %{QUERY_STRING} ^(error=.*)&iss=[^&]*$
RewriteRule ^/app/callback$ /app/callback?%1 [PT]
<Location /app>
  AuthType openid-connect
  Require valid-user
</Location>
<Location /app/page.html>
  SetOutputFilter INCLUDES
  Options +Includes
</Location>
`;
}

export class Apache {
  /** @param at {issuer, party, scope} */
  constructor(port, at) {
    this.folder = mkdtempSync(join(tmpdir(), 'beresta-apache-'));
    this.port = port;
    chmodSync(this.folder, 0o755); // its children run as somebody else
    mkdirSync(join(this.folder, 'pages', 'app'), { recursive: true });
    writeFileSync(join(this.folder, 'pages', 'app', 'page.html'), '<!--#printenv -->');
    writeFileSync(join(this.folder, 'pages', 'bye.html'), 'signed out');
    const file = join(this.folder, 'apache.conf');
    writeFileSync(file, configuration(this.folder, port, at), { mode: 0o600 });
    this.running = new Running(APACHE, ['-f', file, '-DFOREGROUND'], { cwd: this.folder });
  }

  async ready() {
    await until('Apache answers', async () => {
      if (this.running.end) throw new Error(`Apache ended: ${this.running.output}${this.log()}`);
      return (await exchange(`http://127.0.0.1:${this.port}`, 'GET', '/bye.html').catch(() => undefined))?.status === 200;
    }, { within: 15_000 });
    return this;
  }

  log() {
    const file = join(this.folder, 'error.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  browser() { return new Browser(`http://localhost:${this.port}`); }

  async stop() {
    if (!this.running.end) await this.running.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Reads as browsers do, to the connection's end: the module's error pages go on after their Content-Length, which
 * Node's parser refuses.
 */
async function read(url, fields) {
  const socket = net.connect(Number(url.port), '127.0.0.1');
  socket.setTimeout(20_000, () => socket.destroy(new Error('Apache does not answer')));
  socket.write(`GET ${url.pathname}${url.search} HTTP/1.0\r\nHost: ${url.host}\r\nAccept: text/html\r\n${fields}\r\n`);
  let whole = '';
  for await (const part of socket.setEncoding('utf8')) whole += part;
  const end = whole.indexOf('\r\n\r\n');
  const [status, ...lines] = whole.slice(0, end).split('\r\n');
  const pairs = lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]);
  return {
    status: Number(status.split(' ')[1]), text: whole.slice(end + 4), headers: Object.fromEntries(pairs),
    cookies: pairs.filter(([name]) => name === 'set-cookie').map(([, value]) => value),
  };
}

/** Somebody's browser at the party: nothing but cookies. */
class Browser {
  constructor(origin) {
    this.origin = origin;
    this.cookies = new Map();
  }

  /** @param address  a path of Apache's, or the whole address it was sent back to */
  async get(address) {
    const url = new URL(address, this.origin);
    assert.equal(url.origin, this.origin, 'a redirect led elsewhere than to the party');
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await read(url, cookie === '' ? '' : `Cookie: ${cookie}\r\n`);
    for (const line of answer.cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
      if (value === '' || /expires=Thu, 01[ -]Jan[ -]1970/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer;
  }

  /** The protected page's view of the person; undefined when it sends them to sign in first. */
  async page() {
    const answer = await this.get('/app/page.html');
    if (answer.status === 302) return { signIn: new URL(answer.headers.location) };
    assert.equal(answer.status, 200, answer.text);
    const variables = answer.text.split('\n').map((line) => /^([A-Za-z_]+)=(.*)$/.exec(line)).filter(Boolean);
    return { environment: Object.fromEntries(variables.map(([, name, value]) => [name, value])) };
  }
}
