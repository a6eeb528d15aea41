// A relying party nobody here wrote: Apache with mod_auth_openidc, in front of a page that shows what it was told.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Apache, apacheRegistration } from './apache.mjs';
import { until } from './harness.mjs';
import { agree, answer, look, open, startWorldWith } from './parties.mjs';
import { assertStatus, raise, registerByCall } from './people.mjs';
import { freePort } from './ports.mjs';

let world;
let apache;

before(async () => {
  const port = await freePort();
  const made = await startWorldWith({ apache: apacheRegistration(port) });
  world = made.world;
  const at = { issuer: world.publicUrl, party: made.parties.apache, scope: 'openid profile phone' };
  apache = await new Apache(port, at).ready();
});
after(async () => {
  await apache?.stop();
  await world?.stop();
});

/** From the protected page to it, over our sign-in. @return what the page was told */
async function signIn(browser, citizen) {
  const { signIn: link } = await browser.page();
  const back = await agree(citizen.client, link);
  const done = await browser.get(back.href);
  assert.equal(done.status, 302, `${done.text}\n${apache.log()}`);
  assert.equal(done.headers.location, `http://localhost:${apache.port}/app/page.html`);
  return (await browser.page()).environment;
}

test('Apache signs a citizen in and its page gets what was agreed to, and nothing else', async () => {
  const citizen = await registerByCall(world.client());
  const record = await raise(citizen.client, { person: '2' });
  const browser = apache.browser();
  const { signIn: link } = await browser.page();
  assert.equal(link.origin + link.pathname, `${world.publicUrl}/oauth/authorize`);
  assert.equal(link.searchParams.get('code_challenge_method'), 'S256');
  assert.ok(link.searchParams.get('nonce') && link.searchParams.get('state'));
  const told = await signIn(browser, citizen);
  assert.equal(told.OIDC_CLAIM_iss, world.publicUrl);
  assert.equal(told.OIDC_CLAIM_acr, 'urn:beresta:acr:verified');
  assert.equal(told.OIDC_CLAIM_family_name, record.name.family_name);
  assert.equal(told.OIDC_CLAIM_phone_number, citizen.phone);
  assert.equal(told.REMOTE_USER, told.OIDC_CLAIM_sub);
  assert.equal(told.OIDC_CLAIM_birthdate, undefined, 'profile holds it, the registration does not');
  assert.ok(!JSON.stringify(told).includes(record.snils), 'nobody asked for it');
});

test('a citizen who refuses is told so at the party and is not let in', async () => {
  const citizen = await registerByCall(world.client());
  const browser = apache.browser();
  const { signIn: link } = await browser.page();
  const { id } = await open(citizen.client, link);
  assert.equal((await look(citizen.client, id)).state, 'consent');
  const { location } = assertStatus(await answer(citizen.client, id, 'refuse'), 200);
  const refused = await browser.get(location);
  assert.match(refused.text, /access_denied/);
  assert.ok((await browser.page()).signIn, 'the page still asks to sign in');
});

test('a code with a changed state, or brought by another browser, opens nothing', async () => {
  const citizen = await registerByCall(world.client());
  const browser = apache.browser();
  const back = await agree(citizen.client, (await browser.page()).signIn);
  const forged = new URL(back);
  forged.searchParams.set('state', 'AAAA');
  await browser.get(forged.href);
  assert.ok((await browser.page()).signIn);
  const thief = apache.browser();
  await thief.get(back.href);
  assert.ok((await thief.page()).signIn);
});

test('signing out at the party ends the session here and comes back', async () => {
  const citizen = await registerByCall(world.client());
  const browser = apache.browser();
  await signIn(browser, citizen);
  const left = await browser.get(`/app/callback?logout=${encodeURIComponent(`http://localhost:${apache.port}/bye.html`)}`);
  assert.equal(left.status, 302);
  assert.ok((await browser.page()).signIn, 'the party has forgotten the person at once');
  const end = new URL(left.headers.location);
  assert.equal(end.origin + end.pathname, `${world.publicUrl}/oauth/end_session`);
  const { headers } = await citizen.client.get(end.pathname + end.search);
  const id = headers.location.replace('/sign-out?request=', '');
  world.secrets.add('logout id', id);
  const view = assertStatus(await citizen.client.get(`/api/v1/logouts/${id}`), 200);
  assert.deepEqual([view.confirm, view.signed_in], [false, true]);
  assertStatus(await citizen.client.delete('/api/v1/sessions/current'), 204);
  assert.equal(new URL(view.location).pathname, '/bye.html');
  assert.equal((await browser.get(view.location)).text, 'signed out');
});

test('signing out here ends the session at the party, by its back channel', async () => {
  const citizen = await registerByCall(world.client());
  const browser = apache.browser();
  await signIn(browser, citizen);
  const bystander = await registerByCall(world.client());
  const other = apache.browser();
  await signIn(other, bystander);
  assertStatus(await citizen.client.delete('/api/v1/sessions/current'), 204);
  await until('Apache has ended the session', async () => (await browser.page()).signIn);
  assert.ok((await other.page()).environment, 'nobody else is signed out');
});
