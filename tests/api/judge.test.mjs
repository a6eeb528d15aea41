// The judges themselves: what contract.mjs and secrets.mjs must refuse, so that a green run means something.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkResponse, findOperation, problems } from './contract.mjs';
import { checkSearch } from './secrets.mjs';

const HEADERS = {
  'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer', 'content-language': 'en',
};
const answer = (status, type, json, headers = {}) => {
  const text = JSON.stringify(json);
  return { status, type, json, text, body: Buffer.from(text), headers: { ...HEADERS, ...headers } };
};
const problem = (reason, status, change = {}) => ({
  type: `urn:beresta:problem:${reason}`, status, ...problems[reason].en, instance: 'urn:uuid:x', ...change,
});
const SIGN_IN = ['POST', '/api/v1/sessions'];
const OPERATIONS = ['GET', '/api/v1/operations'];

describe('the contract', () => {
  test('accepts what it promises', () => {
    checkResponse(...OPERATIONS, answer(200, 'application/json', { operations: [] }));
    checkResponse(...SIGN_IN, answer(401, 'application/problem+json', problem('sign_in.refused', 401)));
    checkResponse(...SIGN_IN, answer(413, 'application/problem+json', problem('http.body_too_large', 413)));
  });

  const refused = {
    'a member missing': answer(200, 'application/json', {}),
    'a member nobody promised': answer(200, 'application/json', { operations: [], total: 5 }),
    'a member of another type': answer(200, 'application/json', { operations: 'none' }),
    'a wrong value deep inside': answer(200, 'application/json',
      { operations: [{ operation_id: 'x', at: 'today', kind: 'account.registered' }] }),
    'another content type': answer(200, 'text/html', { operations: [] }),
    'a status that is not listed': answer(201, 'application/json', { operations: [] }),
    'a failure that is no problem document': answer(400, 'application/json', { error: 'no' }),
    'a fault of the server': answer(500, 'application/problem+json', problem('sign_in.refused', 500)),
  };
  for (const [what, response] of Object.entries(refused)) {
    test(`refuses ${what}`, () => assert.throws(() => checkResponse(...OPERATIONS, response), assert.AssertionError));
  }

  const badProblems = {
    'a status it does not list': problem('consent.already_granted', 409),
    'another status inside': problem('sign_in.refused', 403),
    'words of its own': problem('sign_in.refused', 401, { title: 'Go away' }),
    'no words': { ...problem('sign_in.refused', 401), detail: undefined },
    'a member nobody promised': problem('sign_in.refused', 401, { trace: 'at line 5' }),
    'a wait only inside': problem('sign_in.refused', 401, { retry_after_s: 5 }),
  };
  for (const [what, json] of Object.entries(badProblems)) {
    test(`refuses a problem with ${what}`, () => {
      const response = answer(json.status === 403 ? 401 : json.status, 'application/problem+json', json);
      assert.throws(() => checkResponse(...SIGN_IN, response), assert.AssertionError);
    });
  }

  test('refuses answers without the guarding headers', () => {
    for (const name of ['x-content-type-options', 'content-security-policy', 'referrer-policy']) {
      const response = answer(200, 'application/json', { operations: [] }, { [name]: undefined });
      assert.throws(() => checkResponse(...OPERATIONS, response), undefined, name);
    }
  });

  test('finds the more exact of two paths', () => {
    assert.equal(findOperation('DELETE', '/api/v1/sessions/current').operationId, 'signOut');
    assert.equal(findOperation('DELETE', '/api/v1/sessions/x').operationId, 'closeSession');
    assert.equal(findOperation('GET', '/api/v1/documents/passport/portrait').operationId, 'getPortrait');
    assert.equal(findOperation('GET', '/apixv1/me'), undefined);
  });
});

test('the search of the logs finds what is there and nothing else', checkSearch);
