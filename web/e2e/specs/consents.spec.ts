import { expect, test, type Page } from '@playwright/test';
import { register, texts } from '../support/journey';
import { picture, sound } from '../support/page_checks';
import { kSandboxUrl } from '../support/world';

const card = (page: Page, title: string) =>
  page.locator('.consent-card', { has: page.getByRole('heading', { name: title, exact: true }) });

for (const lang of ['ru', 'en'] as const) {
  const t = texts[lang];
  const mine = t.myConsents;
  test(`a person agrees to messages, gives less and takes it back (${lang})`, async ({ page }) => {
    await register(page, lang);
    await page.goto('/profile');
    await page.getByRole('link', { name: t.consents.open }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(mine.title);
    await expect(card(page, t.consents.purpose.account)).toContainText(mine.accountNote);
    await sound(page);

    await page.getByRole('link', { name: t.consents.purpose.informing_debts }).click();
    await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);
    await page.getByRole('button', { name: mine.give, exact: true }).click();
    await expect(page.locator('.error-summary')).toBeFocused();
    await expect(page.getByRole('link', { name: mine.noParts })).toBeInViewport();
    await page.getByRole('checkbox', { name: mine.part.sms }).check();
    await page.getByRole('checkbox', { name: mine.part.email }).check();
    await expect(page.getByText(mine.noEmail.text)).toBeVisible();
    await page.getByRole('radio', { name: mine.term.quarter }).check();
    await sound(page);
    await picture(page, `consents-give-${lang}`);
    await page.getByRole('button', { name: mine.give, exact: true }).click();

    const debts = card(page, t.consents.purpose.informing_debts);
    const title = t.consents.purpose.informing_debts;
    await expect(page.locator('.told')).toBeFocused();
    await expect(page.locator('.told')).toHaveText(mine.told.given.replace('{{title}}', title));
    await expect(debts).toContainText(`${mine.part.sms}, ${mine.part.email}`);
    await debts.getByRole('button', { name: mine.narrow }).click();
    await debts.getByRole('checkbox', { name: mine.part.sms }).uncheck();
    await picture(page, `consents-narrow-${lang}`);
    await debts.getByRole('button', { name: mine.narrowDo }).click();
    await expect(debts).toContainText(mine.narrowed);
    await expect(debts).not.toContainText(mine.part.sms);
    await sound(page);
    await picture(page, `consents-${lang}`);

    await debts.getByRole('button', { name: mine.withdraw }).click();
    await expect(page.getByRole('alertdialog')).toContainText(mine.withdrawText.informing_debts);
    await page.getByRole('alertdialog').getByRole('button', { name: mine.withdraw }).click();
    await expect(debts).toHaveCount(0);
    await expect(page.locator('.told')).toHaveText(mine.told.withdrawn.replace('{{title}}', title));
    await expect(page.locator('.told')).toBeFocused();
    await expect(page.locator('.told')).toBeInViewport();
    await picture(page, `consents-withdrawn-${lang}`);
    await page.locator('details summary').filter({ hasText: mine.ended_one.split(':')[0] ?? '' }).click();
    await expect(card(page, t.consents.purpose.informing_debts)).toContainText(mine.withdrawn);
    await picture(page, `consents-ended-${lang}`);
  });
}

test('a clinic stands among the consents, by the document that was read', async ({ page }) => {
  const t = texts.ru;
  await register(page);
  await page.goto(`${kSandboxUrl}/clinic?lang=ru`);
  await page.getByRole('link', { name: 'Войти через Бересту' }).click();
  await page.getByText(t.connect.document).click();
  await expect(page.getByRole('heading', { name: 'Какие данные' })).toBeVisible();
  await picture(page, 'consents-document');
  await page.getByRole('button', { name: t.connect.agree, exact: true }).click();
  await expect(page).toHaveURL(`${kSandboxUrl}/clinic`);

  await page.goto('/consents');
  const clinic = card(page, 'Поликлиника (демонстрация)');
  await expect(clinic).toContainText(t.connect.claim.phone_number);
  await sound(page);
  await picture(page, 'consents-party');
  await clinic.getByRole('button', { name: t.myConsents.narrow }).click();
  await clinic.getByRole('checkbox', { name: t.connect.claim.phone_number }).uncheck();
  await clinic.getByRole('button', { name: t.myConsents.narrowDo }).click();
  await expect(clinic).not.toContainText(t.connect.claim.phone_number);
  await clinic.getByRole('link', { name: t.myConsents.readDocument }).click();
  await expect(page.getByRole('heading', { name: 'Как отозвать' })).toBeVisible();
  await page.goBack();
  await clinic.getByRole('button', { name: t.myConsents.withdraw }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: t.myConsents.withdraw }).click();
  await expect(clinic).toHaveCount(0);
  await expect(page.getByText(t.myConsents.noParties)).toBeVisible();
});
