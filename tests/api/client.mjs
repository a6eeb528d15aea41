// A browser as far as the interface sees one: cookies, CSRF token, language, a network of its own. Each
// response is held against the contract before a test gets it.
import http from 'node:http';
import { checkResponse } from './contract.mjs';

const TIMEOUT_MS = 20_000;
const PHONE = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36';
let networks = 0;

/** Every client sits in a network of its own, or the tests would share one rate limit. */
function nextNetwork() {
  networks += 1;
  return `10.${networks >> 8}.${networks & 255}.7`;
}

/** One exchange over HTTP/1.1; `body` is bytes or text as they are. Resolves with whatever was answered. */
export function exchange(origin, method, path, { headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const request = http.request({ hostname, port, method, path, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve(answerOf(response, Buffer.concat(parts))));
    });
    request.setTimeout(TIMEOUT_MS, () => request.destroy(new Error(`no answer to ${method} ${path}`)));
    request.on('error', reject); // after the answer it changes nothing: a refused upload breaks off
    request.end(body);
  });
}

function answerOf(response, body) {
  const text = body.toString('utf8');
  const type = (response.headers['content-type'] ?? '').split(';')[0];
  const json = /json$/.test(type) ? JSON.parse(text) : undefined;
  return { status: response.statusCode, headers: response.headers, type, body, text, json };
}

export class Client {
  /** @param world what harness.mjs started */
  constructor(world, { language = 'ru', network = nextNetwork(), userAgent = PHONE } = {}) {
    this.world = world;
    this.language = language;
    this.network = network;
    this.userAgent = userAgent;
    this.cookies = new Map();
    this.csrf = undefined;
    world.secrets.add('client address', network);
  }

  /** The same browser elsewhere: another network, the cookies taken along. */
  roam() {
    const other = new Client(this.world, { language: this.language, userAgent: this.userAgent });
    other.cookies = new Map(this.cookies);
    other.csrf = this.csrf;
    return other;
  }

  /**
   * @param json  sent as application/json;  @param body  sent as it is, with `headers`
   * @param csrf  false leaves X-CSRF-Token out, a text sends that one
   */
  async call(method, path, { json, body, headers = {}, csrf = this.csrf } = {}) {
    const cookie = [...this.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ');
    const all = {
      'accept-language': this.language,
      'user-agent': this.userAgent,
      'x-forwarded-for': this.network,
      ...(cookie && { cookie }),
      ...(csrf && method !== 'GET' && { 'x-csrf-token': csrf }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    };
    const sent = json === undefined ? body : JSON.stringify(json);
    if (sent !== undefined) all['content-length'] = Buffer.byteLength(sent);
    const response = await exchange(this.world.origin, method, path, { headers: all, body: sent });
    checkResponse(method, path.split('?')[0], response);
    this.#keep(response);
    return response;
  }

  get(path, options) { return this.call('GET', path, options); }
  post(path, json, options) { return this.call('POST', path, { json, ...options }); }
  put(path, json, options) { return this.call('PUT', path, { json, ...options }); }
  delete(path, options) { return this.call('DELETE', path, options); }

  #keep(response) {
    for (const line of response.headers['set-cookie'] ?? []) {
      const [pair, ...attributes] = line.split(/;\s*/);
      const at = pair.indexOf('=');
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      // The provider-session cookie names a provider, which is no secret and stands in logs.
      if (name !== '__Host-provider-session') this.world.secrets.add('cookie', value);
      if (attributes.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, { value, attributes });
    }
    const { json } = response;
    if (json?.csrf_token) this.csrf = json.csrf_token;
    for (const name of ['csrf_token', 'registration_token']) this.world.secrets.add(name, json?.[name]);
  }
}
