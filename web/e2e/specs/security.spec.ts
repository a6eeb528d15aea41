import { createHmac } from 'node:crypto';
import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { kPassword, register, texts } from '../support/journey';

const t = texts.ru;

/** Chromium's own authenticator: a phone that checks its holder, in software we did not write. */
async function plugIn(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  // It answers at once whoever asks. The offer in the number's field would sign in before a button
  // can be pressed, so here the browser has no such offer.
  await page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
  });
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, authenticatorId };
}

async function prove(page: Page) {
  await page.locator('.prove input[type=password]').fill(kPassword);
  await page.getByRole('button', { name: t.security.proveSubmit, exact: true }).click();
}

/** Adds a passkey. A registration is a proof by phone and recent, so nothing more is asked for. */
async function addPasskey(page: Page) {
  await page.goto('/security');
  await page.getByRole('button', { name: t.security.addPasskey }).click();
  await expect(page.locator('.session')).toHaveCount(1);
}

async function leave(page: Page) {
  await page.context().clearCookies({ name: '__Host-session' });
  await page.goto('/sign-in');
}

/** What an app shows: RFC 6238 by node:crypto. */
function appCode(base32: string, steps: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...base32].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const tag = createHmac('sha1', key).update(counter).digest();
  const at = (tag[19] ?? 0) & 15;
  return String((tag.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('a passkey signs in without a number, and a copy of it does not', async ({ page }) => {
  const { cdp, authenticatorId } = await plugIn(page);
  await register(page);
  await addPasskey(page);
  await leave(page);
  await page.getByRole('button', { name: t.signIn.passkey }).click();
  await expect(page).toHaveURL(/\/home$/);

  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
  const [credential] = credentials;
  if (credential === undefined) throw new Error('the authenticator has no key');
  await cdp.send('WebAuthn.removeCredential', {
    authenticatorId,
    credentialId: credential.credentialId,
  });
  await cdp.send('WebAuthn.addCredential', {
    authenticatorId,
    credential: { ...credential, signCount: 1 },
  });
  await leave(page);
  await page.getByRole('button', { name: t.signIn.passkey }).click();
  await expect(page.getByRole('alert')).toContainText('копия');
});

test('after a password the app is asked for, and a recovery code stands in for it', async ({ page }) => {
  const number = await register(page);
  await page.goto('/security');
  await page.getByRole('button', { name: t.security.totpOn }).click();
  const secret = (await page.locator('.totp-secret').textContent()) ?? '';
  await page.locator('input[name=code]').fill(appCode(secret, 0));
  await page.getByRole('button', { name: t.security.totpConfirm, exact: true }).click();
  await expect(page.getByText(t.security.on, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: t.security.codesMake }).click();
  const codes = await page.locator('.recovery-codes li').allTextContents();
  expect(codes).toHaveLength(10);

  const giveNumberAndPassword = async () => {
    await leave(page);
    await page.getByLabel(t.signIn.phone).fill(number);
    await page.getByLabel(t.signIn.password, { exact: true }).fill(kPassword);
    await page.getByRole('button', { name: t.signIn.submit, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.secondFactor.title);
  };
  await giveNumberAndPassword();
  await page.locator('input[name=code]').fill(appCode(secret, 1));
  await page.getByRole('button', { name: t.secondFactor.submit, exact: true }).click();
  await expect(page).toHaveURL(/\/home$/);

  await giveNumberAndPassword();
  await page.getByRole('button', { name: t.secondFactor.use.recovery_code }).click();
  await page.locator('input[name=code]').fill(codes[4] ?? '');
  await page.getByRole('button', { name: t.secondFactor.submit, exact: true }).click();
  await expect(page).toHaveURL(/\/home$/);
});

test('an old proof is asked for again before a change', async ({ page }) => {
  await register(page);
  await page.route('**/api/v1/me/recovery-codes', async (route) => {
    // As the server says after ten minutes.
    await route.fulfill({
      status: 403,
      contentType: 'application/problem+json',
      body: JSON.stringify({
        type: 'urn:beresta:problem:reauthentication.required',
        title: 't',
        status: 403,
        detail: 'd',
        instance: 'urn:uuid:0',
      }),
    });
  }, { times: 1 });
  await page.goto('/security');
  await page.getByRole('button', { name: t.security.codesMake }).click();
  await prove(page);
  await expect(page.locator('.recovery-codes li')).toHaveCount(10);
});
