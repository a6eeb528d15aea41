import { expect, test } from '@playwright/test';
import {
  askForCode,
  finishRegistration,
  kPassword,
  register,
  speak,
  texts,
} from '../support/journey';
import { picture } from '../support/page_checks';
import { codeFor, newNumber } from '../support/world';

test('by a call, in Russian', async ({ page }) => {
  await register(page, 'ru');
  await expect(page.getByText(texts.ru.level.phone, { exact: true })).toBeVisible();
});

test('by SMS, in English, after a wrong code', async ({ page }) => {
  const number = newNumber();
  await speak(page, 'en');
  await askForCode(page, number, 'sms', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts.en.code.smsTitle);
  const code = await codeFor(page.request, number, 'sms');
  const wrong = code === '000000' ? '111111' : '000000';
  await page.locator('input[name=code]').fill(wrong);
  await expect(page.getByRole('alert')).toContainText('2');
  await page.locator('input[name=code]').fill(code);
  await finishRegistration(page, 'en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});

test('an SMS that operators could not deliver: the page says so and offers a call, which lets in', async ({ page }) => {
  const t = texts.ru;
  const number = newNumber();
  await speak(page, 'ru');
  // The sandbox delivers everything: only what the page hears of this one code is changed.
  let lost: string | undefined;
  await page.route('**/api/v1/challenges/*', async (route) => {
    lost ??= route.request().url();
    if (route.request().url() !== lost) return route.continue();
    const challenge_id = lost.slice(lost.lastIndexOf('/') + 1);
    const json = { challenge_id, channel: 'sms', state: 'failed', problem: 'undelivered' };
    return route.fulfill({ json });
  });
  await askForCode(page, number, 'sms', 'ru');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.code.lostTitle);
  await expect(page.getByText(t.delivery.lost)).toBeVisible();
  await page.getByRole('button', { name: t.delivery.call }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.code.callTitle);
  await page.locator('input[name=code]').fill(await codeFor(page.request, number, 'call'));
  await finishRegistration(page, 'ru');
});

test('a number that is not one keeps what was typed and says so', async ({ page }) => {
  await speak(page, 'ru');
  await askForCode(page, '12', 'call', 'ru');
  const field = page.getByLabel(texts.ru.phone.label);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription(/Такого номера не бывает/);
  await expect(field).toHaveValue('12');
});

test('refusing the consent makes no account and says what then', async ({ page }) => {
  const t = texts.ru;
  const number = newNumber();
  await speak(page, 'ru');
  await askForCode(page, number, 'call', 'ru');
  await page.locator('input[name=code]').fill(await codeFor(page.request, number, 'call'));
  await page.getByLabel(t.password.label, { exact: true }).fill(kPassword);
  await page.getByRole('button', { name: t.password.submit, exact: true }).click();
  await page.getByRole('button', { name: t.agreement.accept }).click();
  await page.getByRole('button', { name: t.consent.refuse, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.consent.refusedTitle);
  await page.goto('/home');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a forgotten password is replaced by a code, without passing for a registration', async ({ page }) => {
  const t = texts.ru;
  const number = await register(page, 'ru');
  await page.context().clearCookies();
  await speak(page, 'ru');
  await page.goto('/sign-in');
  await page.getByRole('link', { name: t.signIn.forgot }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.phone.recoverTitle);
  await picture(page, 'recover');
  await page.getByLabel(t.phone.label).fill(number);
  await page.getByRole('radio', { name: t.phone.sms }).check();
  await page.getByRole('button', { name: t.phone.submit }).click();
  await page.locator('input[name=code]').fill(await codeFor(page.request, number, 'sms'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.password.titleRecovery);
  await page.getByLabel(t.password.label, { exact: true }).fill('четыре сосны у озера');
  await page.getByRole('button', { name: t.password.submitRecovery }).click();
  await expect(page).toHaveURL(/\/home$/);
});

test('what was said of one try does not stand beside the next', async ({ page }) => {
  const t = texts.ru;
  await speak(page, 'ru');
  await page.goto('/sign-in');
  const enter = page.getByRole('button', { name: t.signIn.submit, exact: true });
  const password = page.getByLabel(t.signIn.password, { exact: true });
  await page.getByLabel(t.signIn.phone).fill(newNumber());
  await password.fill('не тот пароль');
  await enter.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await password.fill('');
  await enter.click();
  await expect(password).toHaveAccessibleDescription(t.signIn.passwordEmpty);
  await expect(password).toBeFocused();
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('with the keyboard alone', async ({ page }) => {
  const t = texts.ru;
  const number = newNumber();
  await speak(page, 'ru');
  await page.goto('/register');
  const press = async (name: string) => {
    for (let step = 0; step < 40; step++) {
      const focused = await page.evaluate(() => document.activeElement?.textContent?.trim());
      if (focused === name) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard never reached "${name}"`);
  };
  const reach = async (selector: string) => {
    for (let step = 0; step < 40; step++) {
      if (await page.locator(selector).evaluate((one) => one === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard never reached ${selector}`);
  };
  await reach('input[name=phone]');
  await page.keyboard.type(number);
  await reach('input[name=channel]:checked');
  await press(t.phone.submit);
  await reach('input[name=code]');
  await page.keyboard.type(await codeFor(page.request, number, 'call'));
  await page.waitForURL(/\/register\/password$/);
  await reach('input[name=new-password]');
  await page.keyboard.type(kPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/register\/agreement$/);
  await page.getByRole('button', { name: t.agreement.accept }).waitFor();
  await press(t.agreement.accept);
  await page.waitForURL(/\/register\/consent$/);
  await page.getByRole('button', { name: t.consent.give }).waitFor();
  await press(t.consent.give);
  await expect(page).toHaveURL(/\/home$/);
});

test('signing in again, and out there', async ({ page, browser }) => {
  const t = texts.ru;
  const number = await register(page, 'ru');
  const other = await browser.newContext();
  const second = await other.newPage();
  await speak(second, 'ru');
  await second.goto('/sessions');
  await expect(second).toHaveURL(/\/sign-in\?next=/);
  await second.getByLabel(t.signIn.phone).fill(number);
  await second.getByLabel(t.signIn.password, { exact: true }).fill('не тот пароль');
  await second.getByRole('button', { name: t.signIn.submit, exact: true }).click();
  await expect(second.getByRole('alert')).toBeVisible();
  await expect(second.getByLabel(t.signIn.phone)).toHaveValue(number);
  await second.getByLabel(t.signIn.password, { exact: true }).fill(kPassword);
  await second.getByRole('button', { name: t.signIn.submit, exact: true }).click();
  await expect(second).toHaveURL(/\/sessions$/);
  await second.getByRole('button', { name: t.sessions.close }).first().click();
  await expect(second.getByText(t.sessions.only)).toBeVisible();
  await page.goto('/home');
  await expect(page).toHaveURL(/\/sign-in/);
  await other.close();
});
