import { expect, test } from '@playwright/test';
import { askForCode, finishRegistration, speak, texts } from '../support/journey';
import { picture } from '../support/page_checks';
import { codeFor, kBaseUrl, newNumber } from '../support/world';

test('after a wrong guess at a call the long code of an SMS lets its owner in', async ({ page }) => {
  const t = texts.ru;
  const number = newNumber();
  await speak(page, 'ru');
  await askForCode(page, number, 'call', 'ru');
  await expect(page.getByText(t.code.oneTry)).toBeVisible();
  const code = await codeFor(page.request, number, 'call');
  await page.locator('input[name=code]').fill(code === '00000' ? '11111' : '00000');
  const bySms = page.getByRole('button', { name: t.code.bySms });
  await expect(bySms).toBeFocused();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.code.overTitle);
  await expect(page.getByRole('alert')).toContainText(t.code.triedOnce);
  await expect(page.locator('input[name=code]')).toHaveCount(0);
  await picture(page, 'code-over');
  await bySms.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.code.smsTitle);
  const long = await codeFor(page.request, number, 'sms');
  expect(long).toHaveLength(10);
  await expect(page.getByText(t.code.whyLong)).toBeVisible();
  await expect(page.locator('.code__box[data-gap]')).toHaveCount(2);
  await picture(page, 'code-long');
  await page.locator('input[name=code]').fill(long);
  await finishRegistration(page, 'ru');
});

test('a number that strangers ask for a lot costs the device some work, and the person nothing', async ({
  page,
}) => {
  const t = texts.en;
  const number = newNumber();
  for (let i = 0; i < 5; i++) {
    const data = { phone: number, channel: 'sms' };
    await page.request.post(`${kBaseUrl}/api/v1/challenges`, { data });
  }
  await speak(page, 'en');
  await askForCode(page, number, 'call', 'en');
  await expect(page).toHaveURL(/\/register\/code$/, { timeout: 20_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.code.smsTitle);
  await expect(page.getByText(t.code.insteadOfCall)).toBeVisible();
  await expect
    .poll(async () => (await codeFor(page.request, number, 'sms')).length, { timeout: 10_000 })
    .toBe(10);
  await page.locator('input[name=code]').fill(await codeFor(page.request, number, 'sms'));
  await finishRegistration(page, 'en');
});
