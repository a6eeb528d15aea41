import { expect, test, type APIRequestContext } from '@playwright/test';
import { kPassword, register, speak, texts } from '../support/journey';
import { picture, sound } from '../support/page_checks';
import { codeFor, newNumber } from '../support/world';

const t = texts.ru;

async function linkIn(request: APIRequestContext, address: string): Promise<string> {
  const url = `${process.env.SANDBOX_URL ?? ''}/mail/messages?to=${encodeURIComponent(address)}`;
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const letters = (await (await request.get(url)).json()) as { text: string }[];
    const link = /\S+\/account\/email#code=\d+/.exec(letters[0]?.text ?? '')?.[0];
    if (link !== undefined) return link;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('no letter came');
}

test('a number is replaced: the new one first, then the old one', async ({ page }) => {
  const old = await register(page, 'ru');
  const fresh = newNumber();
  await page.goto('/profile');
  await page.getByRole('link', { name: t.numbers.title }).click();
  await page.getByRole('button', { name: t.numbers.replace }).click();
  await page.getByLabel(t.numbers.newTitle).fill(fresh);
  await page.getByRole('button', { name: t.phone.submit }).click();
  await page.locator('input[name=code]').fill(await codeFor(page.request, fresh, 'sms'));
  await expect(page.getByText(t.numbers.stepNew)).toBeVisible();
  await page.getByRole('button', { name: t.numbers.sendSms }).click();
  await page.locator('input[name=code]').fill(await codeFor(page.request, old, 'sms'));
  await expect(page.getByText(t.numbers.done.replace)).toBeVisible();
  await expect(page.getByRole('heading', { level: 2 })).toContainText(fresh.slice(-2));
});

test('deleting is confirmed by a call, and one press undoes it', async ({ page }) => {
  const number = await register(page, 'ru');
  await page.goto('/requests/new');
  await page.getByRole('button', { name: t.request.send }).click();
  const kinds = page.getByRole('radiogroup', { name: t.request.what });
  await expect(kinds).toHaveAccessibleDescription(t.request.wrong.kind);
  await expect(page.locator('.error-summary')).toBeFocused();
  await page.getByRole('radio', { name: t.requests.kind.complaint }).check();
  await page.getByLabel(t.request.words).fill('Долго ждал звонка');
  await page.getByRole('button', { name: t.request.send }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.requests.kind.complaint);
  await page.goto('/account/deletion');
  await expect(page.getByText(t.deletion.keptWhat.consent_record)).toBeVisible();
  await expect(page.getByText(t.deletion.openRequestsText)).toBeVisible();
  await picture(page, 'deletion-open-request');
  await page.getByRole('button', { name: t.deletion.call }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.deletion.callTitle);
  await expect(async () => {
    await page.locator('input[name=code]').fill(await codeFor(page.request, number, 'call'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.deletion.frozenTitle, {
      timeout: 1500,
    });
  }).toPass();
  const receipt = await page.locator('.notice strong').innerText();
  await page.goto('/home');
  await expect(page).toHaveURL(/\/account\/deletion$/);
  await expect(page.getByRole('navigation')).toHaveCount(0);
  await sound(page);
  await picture(page, 'closing');
  await page.getByRole('link', { name: t.export.title }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: t.export.html }).click();
  expect((await download).suggestedFilename()).toBe('beresta.html');
  await page.getByRole('link', { name: t.common.back }).click();
  await page.getByRole('button', { name: t.deletion.undo }).click();
  await expect(page).toHaveURL(/\/home$/);
  await page.goto('/receipt');
  await page.getByLabel(t.receipt.label).fill(receipt);
  await page.getByRole('button', { name: t.receipt.submit }).click();
  await expect(page.getByRole('alert')).toContainText('отменено');
});

test('the account is taken along as a page and on paper', async ({ page }) => {
  await register(page, 'ru');
  await page.goto('/account/export');
  for (const format of ['html', 'pdf'] as const) {
    await page.getByLabel(t.export.password, { exact: true }).fill(kPassword);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: t.export[format] }).click();
    expect((await download).suggestedFilename()).toBe(`beresta.${format}`);
  }
});

test('an e-mail is confirmed by the link of its letter', async ({ page }) => {
  await register(page, 'ru');
  const address = `alsu.${Date.now()}@mail.example`;
  await page.goto('/account/email');
  await page.getByLabel(t.email.label).fill(address);
  await page.getByRole('button', { name: t.email.send }).click();
  await expect(page.getByText(t.email.code)).toBeVisible();
  const link = await linkIn(page.request, address);
  await page.goto('/home');
  await page.goto(link);
  await page.getByRole('button', { name: t.email.confirm }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('a···@mail.example');
});

test('who lost the number is told what to do, without an account', async ({ page }) => {
  await speak(page, 'ru');
  await page.goto('/sign-in');
  await page.getByRole('link', { name: t.lostNumber.title }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText([
    t.lostNumber.other.title,
    t.lostNumber.stronger.title,
    t.lostNumber.operator.title,
    t.lostNumber.stolen.title,
  ]);
});
