// The contract as a judge: every response a test receives is held against docs/api/openapi.yaml, and every
// problem document against locales/problems.json. Stricter than the schema in one thing: a member the
// contract does not name is refused too, for what is not promised must not be given.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Ajv2020 from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const root = new URL('../../', import.meta.url);
export const contract = parse(readFileSync(new URL('docs/api/openapi.yaml', root), 'utf8'));
export const problems = JSON.parse(readFileSync(new URL('locales/problems.json', root), 'utf8'));

const METHODS = ['get', 'put', 'post', 'delete', 'patch'];
const PROBLEM = 'application/problem+json';

/** A copy of a schema without room for undocumented members, with its references as ids of the validator. */
function closed(schema) {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== 'object') return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  if (typeof copy.$ref === 'string') copy.$ref = copy.$ref.replace('#/components/schemas/', 'beresta:');
  if (copy.type === 'object' && copy.properties) copy.additionalProperties ??= false;
  return copy;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
for (const [name, schema] of Object.entries(contract.components.schemas)) {
  ajv.addSchema({ $id: `beresta:${name}`, ...closed(schema) });
}

const validators = new Map();
function validatorOf(schema) {
  const key = JSON.stringify(schema);
  if (!validators.has(key)) validators.set(key, ajv.compile(closed(schema)));
  return validators.get(key);
}

/** Every operation: {operationId, method, template, pattern, operation}. */
export const operations = Object.entries(contract.paths).flatMap(([template, item]) =>
  METHODS.filter((method) => item[method]).map((method) => ({
    operationId: item[method].operationId,
    method: method.toUpperCase(),
    template,
    pattern: new RegExp(`^${template.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`),
    operation: item[method],
  })));

export function findOperation(method, pathname) {
  const matching = operations.filter((one) => one.method === method && one.pattern.test(pathname));
  // /sessions/current is more exact than /sessions/{session_id}.
  return matching.sort((a, b) => a.template.split('{').length - b.template.split('{').length)[0];
}

const resolve = (response) =>
  response?.$ref ? contract.components.responses[response.$ref.split('/').at(-1)] : response;

function describe(validate) {
  return validate.errors.map(({ instancePath, message, params }) =>
    `${instancePath || '/'} ${message} ${JSON.stringify(params)}`).join('; ');
}

function checkProblemWords(response, where) {
  const reason = response.json.type.replace('urn:beresta:problem:', '');
  assert.equal(response.json.status, response.status, `${where}: the status inside differs`);
  const language = response.headers['content-language'];
  assert.ok(language === 'ru' || language === 'en', `${where}: Content-Language ${language}`);
  const words = problems[reason]?.[language];
  assert.ok(words, `${where}: ${reason} has no words in the catalogue`);
  assert.deepEqual({ title: response.json.title, detail: response.json.detail },
    { title: words.title, detail: words.detail }, `${where}: other words than the catalogue's`);
  const wait = response.json.retry_after_s;
  assert.equal(response.headers['retry-after'], wait === undefined ? undefined : String(wait),
    `${where}: Retry-After and retry_after_s differ`);
}

/** What holds for each answer whatever the route: no leaks to caches, frames, sniffers or referrers. */
function checkHeaders(response, where) {
  const { headers } = response;
  assert.equal(headers['x-content-type-options'], 'nosniff', where);
  assert.match(headers['content-security-policy'] ?? '', /default-src 'self'/, where);
  assert.match(headers['content-security-policy'], /frame-ancestors 'none'/, where);
  assert.equal(headers['referrer-policy'], 'no-referrer', where);
  assert.equal(headers.server, undefined, `${where}: the server names itself`);
}

/**
 * Fails unless the response is one the contract allows for this request.
 * A status that is not listed is allowed only for problems of the protocol itself ("http.*", "json.*").
 */
export function checkResponse(method, pathname, response) {
  const where = `${method} ${pathname} -> ${response.status}`;
  assert.notEqual(response.status, 500, `${where}: ${response.text}`);
  checkHeaders(response, where);
  const found = findOperation(method, pathname);
  const listed = resolve(found?.operation.responses[String(response.status)]);
  if (response.type === PROBLEM) {
    const validate = validatorOf({ $ref: '#/components/schemas/Problem' });
    assert.ok(validate(response.json), `${where}: ${validate.errors && describe(validate)} in ${response.text}`);
    checkProblemWords(response, where);
    // So is an agreement that waits: any route with a session may answer it, as the contract says at its top.
    const protocol = /^urn:beresta:problem:((http|store)\.|edition\.not_accepted$)/.test(response.json.type);
    assert.ok(listed || !found || protocol, `${where}: the contract does not list ${response.json.type}`);
    return;
  }
  // OAuth's endpoints have an error form of their own, which the contract names.
  if (listed && response.type === 'application/json' && /^\/oauth\//.test(pathname)) {
    checkContent(listed, response, where);
    return;
  }
  assert.ok(response.status < 400, `${where}: a failure without a problem document: ${response.text}`);
  if (!found) return;
  assert.ok(listed, `${where}: not in the contract`);
  checkContent(listed, response, where);
}

function checkContent(listed, response, where) {
  const types = Object.keys(listed.content ?? {});
  if (types.length === 0) {
    assert.equal(response.body.length, 0, `${where}: a body nobody promised`);
    return;
  }
  assert.ok(types.includes(response.type), `${where}: content type ${response.type}`);
  const { schema } = listed.content[response.type];
  if (!schema || response.type !== 'application/json') return;
  const validate = validatorOf(schema);
  assert.ok(validate(response.json), `${where}: ${validate.errors && describe(validate)} in ${response.text}`);
}
