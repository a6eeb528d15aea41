import { expect, test, type Page } from '@playwright/test';
import {
  addDocuments,
  askForCode,
  kPassword,
  makeDigitalId,
  raiseLevel,
  showCode,
  speak,
  texts,
} from '../support/journey';
import { codeFor, newNumber } from '../support/world';
import { kFrame, shoot as shootAs } from './shoot';

for (const lang of ['ru', 'en'] as const) {
  test(`screens in ${lang}`, async ({ page, browser }) => {
    const t = texts[lang];
    const shoot = (name: string, of: Page = page) => shootAs(of, name, lang);
    const visit = async (path: string, name: string) => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await shoot(name);
    };
    await page.emulateMedia({ colorScheme: kFrame, reducedMotion: 'reduce' });
    await speak(page, lang);
    await visit('/', 'welcome');
    await visit('/sign-in', 'sign-in');
    await visit('/editions/policy', 'edition');
    await visit('/nowhere', 'not-found');

    const number = newNumber();
    await askForCode(page, number, 'call', lang);
    await page.goBack();
    await expect(page.getByLabel(t.phone.label)).toHaveValue(number);
    await shoot('register-phone');
    await page.goForward();
    await page.locator('input[name=code]').fill('417');
    await shoot('register-code');
    await page.locator('input[name=code]').fill(await codeFor(page.request, number, 'call'));
    await page.getByLabel(t.password.label, { exact: true }).fill(kPassword);
    await shoot('register-password');
    await page.getByRole('button', { name: t.password.submit, exact: true }).click();
    await page.getByRole('button', { name: t.agreement.accept }).waitFor();
    await shoot('register-agreement');
    await page.getByRole('button', { name: t.agreement.accept }).click();
    await page.getByRole('button', { name: t.consent.give }).waitFor();
    await shoot('register-consent');
    await page.getByRole('button', { name: t.consent.give }).click();
    await page.waitForURL(/\/home$/);
    await shoot('home-new');
    await visit('/documents', 'documents-closed');
    await visit('/level', 'level-phone');
    await raiseLevel(page, lang);
    await shoot('level-verified');
    await visit('/documents', 'permission');
    await addDocuments(page, lang);
    await expect(page.getByText(t.documents.fetching)).toHaveCount(0, { timeout: 40_000 });
    await shoot('documents');
    await page.locator('a.card--passport').click();
    await expect(page.getByRole('img', { name: t.documents.portrait })).toBeVisible();
    await shoot('document');
    await visit('/home', 'home');
    await visit('/digital-id', 'digital-id-make');
    await makeDigitalId(page, lang);
    await page.getByRole('button', { name: t.digital_id.reveal }).waitFor();
    await shoot('digital-id');
    await showCode(page, 'identity', lang);
    await shoot('digital-id-identity');
    const identity = await page.locator('.code-panel__sheet').screenshot();
    await checkerScreens(identity);
    await showCode(page, 'age_over_18', lang);
    await shoot('digital-id-code');
    await visit('/sessions', 'sessions');
    await visit('/history', 'history');
    await visit('/profile', 'profile');
    await page.getByRole('button', { name: t.profile.signOut }).click();
    await shoot('sign-out');

    async function checkerScreens(buffer: Buffer) {
      const viewport = page.viewportSize();
      const context = await browser.newContext({ viewport, colorScheme: kFrame });
      const checker = await context.newPage();
      await speak(checker, lang);
      await checker.goto('/check');
      const field = checker.locator('input[type=file]');
      await expect(field).toBeAttached();
      await shoot('check', checker);
      await field.setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
      await expect(checker.getByRole('img')).toBeVisible();
      await shoot('check-identity', checker);
      await checker.getByRole('button', { name: t.check.next }).click();
      await showCode(page, 'age_over_18', lang);
      const age = await page.locator('.code-panel__sheet').screenshot();
      await field.setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: age });
      await expect(checker.getByText(t.check.shown, { exact: true })).toBeVisible();
      await shoot('check-yes', checker);
      await checker.getByRole('button', { name: t.check.next }).click();
      await showCode(page, 'pensioner', lang);
      const pensioner = await page.locator('.code-panel__sheet').screenshot();
      await field.setInputFiles({ name: 'c.png', mimeType: 'image/png', buffer: pensioner });
      await expect(checker.getByText(t.check.shown, { exact: true })).toBeVisible();
      await shoot('check-no', checker);
      await checker.getByRole('button', { name: t.check.next }).click();
      await checker.getByText(t.check.text).click();
      await checker.getByLabel(t.check.textLabel).fill('BRS1:ABC');
      await checker.getByRole('button', { name: t.check.textSubmit, exact: true }).click();
      await shoot('check-malformed', checker);
      await context.close();
    }
  });
}
