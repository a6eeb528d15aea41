// Starts the world a test file needs: the sandbox and the real server on free ports with a database of its
// own, and takes it down again. What the server wrote is then searched for everything personal.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, exchange } from './client.mjs';
import { makeDatabases } from './databases.mjs';
import { freePort } from './ports.mjs';
import { checkSearch, Secrets } from './secrets.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SANDBOX_DIR = process.env.SANDBOX_DIR ?? join(ROOT, 'sandbox');
export const BERESTA_BIN = process.env.BERESTA_BIN
  ?? ['build/release/beresta', 'build/dev/beresta'].map((path) => join(ROOT, path)).find(existsSync);
const START_MS_MAX = 15_000;
const STOP_MS_MAX = 15_000;

/** Asks again until `probe` gives something; its last error is the failure. */
export async function until(what, probe, { within = 5000, every = 25 } = {}) {
  const end = Date.now() + within;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited ${within} ms in vain: ${what}`);
    await pause(every);
  }
}

/** A process whose output is kept whole. */
export class Running {
  constructor(command, args, options) {
    this.output = '';
    this.process = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    this.ended = new Promise((resolve) => {
      this.process.on('error', (error) => resolve({ error }));
      this.process.on('close', (code, signal) => resolve({ code, signal }));
    });
    this.ended.then((end) => { this.end = end; });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => { this.output += text; });
    }
  }

  async stop(signal = 'SIGTERM') {
    this.process.kill(signal);
    const late = pause(STOP_MS_MAX, 'late', { ref: false });
    const end = await Promise.race([this.ended, late]);
    if (end !== 'late') return end;
    this.process.kill('SIGKILL');
    throw new Error(`did not end within ${STOP_MS_MAX} ms of ${signal}\n${this.output.slice(-2000)}`);
  }
}

function toToml(sections) {
  const table = (item) => `{ ${Object.entries(item).map(([key, part]) => `${JSON.stringify(key)} = ${value(part)}`).join(', ')} }`;
  const value = (item) => {
    if (Array.isArray(item)) return `[${item.map(value).join(', ')}]`;
    return typeof item === 'object' ? table(item) : JSON.stringify(item);
  };
  return Object.entries(sections).map(([name, settings]) =>
    `[${name}]\n${Object.entries(settings).map(([key, item]) => `${key} = ${value(item)}\n`).join('')}`).join('\n');
}

class World {
  constructor(folder) {
    this.folder = folder;
    this.databases = makeDatabases(folder);
    this.secrets = new Secrets();
    this.logs = '';
    this.sandboxes = [];
  }

  client(options) { return new Client(this, options); }

  /** Runs a subcommand to its end. */
  async run(...args) {
    const running = new Running(BERESTA_BIN, args, { cwd: this.folder });
    const end = await running.ended;
    return { code: end.code, output: running.output };
  }

  async startServer() {
    this.server = new Running(BERESTA_BIN, ['serve', '--config', this.configFile], { cwd: this.folder });
    await until('the server becomes ready', async () => {
      if (this.server.end) throw new Error(`the server ended ${JSON.stringify(this.server.end)}`);
      return (await this.admin('/readyz').catch(() => undefined))?.status === 200;
    }, { within: START_MS_MAX }).catch(async (error) => {
      throw new Error(`${error.message}\n${this.server.output.slice(-3000)}`);
    });
  }

  async stopServer(signal) {
    const { server } = this;
    this.server = undefined;
    const end = await server.stop(signal);
    this.logs += server.output;
    return end;
  }

  /** A request to the admin listener. */
  admin(path) { return exchange(`http://127.0.0.1:${this.adminPort}`, 'GET', path); }

  async sandboxAsks(method, path, body) {
    const answer = await exchange(this.sandboxUrl, method, path, { body: body && JSON.stringify(body) });
    assert.ok(answer.status < 300, `sandbox: ${method} ${path}: ${answer.text}`);
    return answer.json;
  }

  /** Sets a fault for as long as `work` takes. */
  async withFault(fault, work) {
    await this.sandboxAsks('POST', '/control/faults', fault);
    try {
      return await work();
    } finally {
      await this.sandboxAsks('DELETE', '/control/faults');
    }
  }

  /** The sandbox's record of somebody; all of it is secret from now on. */
  async person(query) {
    const record = await this.sandboxAsks('GET', `/control/people?${new URLSearchParams(query)}`);
    this.secrets.addPerson(record);
    return record;
  }

  /** Ends everything, then searches the logs; `logs` is false where no server was to run. */
  async stop({ logs = true } = {}) {
    try {
      const end = this.server && (await this.stopServer());
      if (end) assert.equal(end.code, 0, `the server ended ${JSON.stringify(end)}\n${this.logs.slice(-3000)}`);
      for (const sandbox of this.sandboxes) await sandbox.stop();
      if (logs) this.#checkLogs();
    } finally {
      this.server?.process.kill('SIGKILL');
      for (const sandbox of this.sandboxes) sandbox.process.kill('SIGKILL');
      this.databases.drop();
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  #checkLogs() {
    checkSearch();
    for (const line of this.logs.split('\n').filter((text) => text !== '')) {
      assert.doesNotThrow(() => JSON.parse(line), `a log line is not JSON: ${line.slice(0, 200)}`);
    }
    assert.ok(this.logs.length > 0, 'the server logged nothing, so the search would prove nothing');
    assert.deepEqual(this.secrets.findIn(this.logs), [], 'personal data or secrets in the log');
  }
}

/** Starts a sandbox; several play providers that have never heard of each other. @return its address */
async function startSandbox(world) {
  const args = ['dist/main.js', '--port', '0', '--smpp-port', '0', '--sip-port', '0', '--population', '400', '--slow-ms', '2500',
    '--redirect-uri', `${world.publicUrl}/api/v1/identity-provider/callback`];
  const sandbox = new Running(process.execPath, args, { cwd: SANDBOX_DIR });
  world.sandboxes.push(sandbox);
  const port = await until('the sandbox becomes ready', () => {
    if (sandbox.end) throw new Error(sandbox.output);
    return /"event":"ready","port":(\d+)/.exec(sandbox.output)?.[1];
  }, { within: START_MS_MAX });
  const ready = JSON.parse(/^\{"event":"ready".*$/m.exec(sandbox.output)[0]);
  world.smppPort ??= ready.smpp_port;
  world.sipPort ??= ready.sip_port;
  world.mailPort ??= ready.mail_port;
  return `http://127.0.0.1:${port}`;
}

const issuerOf = (sandboxUrl) => `${sandboxUrl.replace('127.0.0.1', 'localhost')}/idp`;

function providerSettings(issuer, name) {
  return {
    issuer, client_id: 'beresta', client_secret: 'demo-client-secret',
    scopes: ['openid', 'profile', 'snils', 'inn', 'id_doc', 'phone'], name_ru: `Служба ${name}`,
    name_en: `Service ${name}`, timeout_ms: 3000,
  };
}

function operatorSettings(world, channel, path, body, idPointer) {
  return {
    kind: 'http',
    channel,
    url: `${world.sandboxUrl}/operator/${path}`,
    method: 'POST',
    token: 'demo-operator-token',
    content_type: 'application/json',
    body: JSON.stringify(body),
    success_status: [200],
    id_pointer: idPointer,
  };
}

function settingsOf(world) {
  return {
    server: {
      address: '127.0.0.1', port: world.port, admin_address: '127.0.0.1', admin_port: world.adminPort,
      public_url: world.publicUrl, workers: 4, trusted_proxies: ['127.0.0.1/32'],
    },
    store: world.databases.settings,
    keys: { root_key_file: join(world.folder, 'root.key'), issuer_dir: join(world.folder, 'issuer') },
    installation: {
      name: 'Beresta API tests', issuer_name: 'Test issuer', jurisdiction: 'ru',
      jurisdictions_dir: join(ROOT, 'jurisdictions'), editions_dir: join(ROOT, 'editions'),
      problems_file: join(ROOT, 'locales/problems.json'),
    },
    'operator.sms': operatorSettings(world, 'sms', 'sms', { id: '{id}', to: '{to}', text: '{text}' }, '/message_id'),
    'operator.call': operatorSettings(world, 'call', 'calls', { id: '{id}', to: '{to}', code: '{code}' }, '/call_id'),
    'identity_provider.esia': providerSettings(issuerOf(world.sandboxUrl), 'A'),
    ...(world.otherUrl && { 'identity_provider.bank': providerSettings(issuerOf(world.otherUrl), 'B') }),
    registry: {
      base_url: `${world.sandboxUrl}/r1`, client: 'DEMO/GOV/1001/beresta', timeout_ms: 1500, retries: 1,
      breaker_failures: 50,
    },
    mail: {
      host: '127.0.0.1', port: world.mailPort, protection: 'none', from: 'noreply@beresta.example', from_name: 'Береста',
      timeout_ms: 3000,
    },
    budgets: { calls_confirmed_per_mille: 0 }, // one call in a thousand would be another story than the test's
    log: { level: 'debug' }, // what must not be logged must not be logged here either
  };
}

/**
 * @param changes  {section: {setting: value}} over the usual settings, null for no such section; or a function of
 *                 the world that gives it
 * @param providers  2 adds an identity provider of its own, "bank", at world.otherUrl
 * @param server   false leaves the server to the test
 */
export async function startWorld({ changes = {}, server = true, providers = 1 } = {}) {
  assert.ok(BERESTA_BIN && existsSync(BERESTA_BIN), `no server at ${BERESTA_BIN}; set BERESTA_BIN`);
  const world = new World(mkdtempSync(join(tmpdir(), 'beresta-api-')));
  try {
    [world.port, world.adminPort] = [await freePort(), await freePort()];
    world.publicUrl = `http://localhost:${world.port}`;
    world.origin = `http://127.0.0.1:${world.port}`;
    world.sandboxUrl = await startSandbox(world);
    if (providers > 1) world.otherUrl = await startSandbox(world);
    const settings = settingsOf(world);
    const changed = typeof changes === 'function' ? await changes(world) : changes;
    for (const [section, values] of Object.entries(changed)) {
      // Another kind of operator has other settings.
      if (values === null) delete settings[section];
      else settings[section] = values.kind ? values : { ...settings[section], ...values };
    }
    world.configFile = join(world.folder, 'beresta.toml');
    writeFileSync(world.configFile, toToml(settings), { mode: 0o600 });
    for (const command of [['keys', 'init'], ['migrate']]) {
      const done = await world.run(...command, '--config', world.configFile);
      assert.equal(done.code, 0, `beresta ${command.join(' ')}: ${done.output}`);
    }
    if (server) await world.startServer();
    return world;
  } catch (error) {
    await world.server?.stop('SIGKILL');
    for (const sandbox of world.sandboxes) await sandbox.stop('SIGKILL');
    world.databases.drop();
    rmSync(world.folder, { recursive: true, force: true });
    throw error;
  }
}
