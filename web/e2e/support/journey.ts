import { expect, type Browser, type Page } from '@playwright/test';
import cabinetEn from '../../src/shared/i18n/cabinet.en.json' with { type: 'json' };
import cabinetRu from '../../src/shared/i18n/cabinet.ru.json' with { type: 'json' };
import consentsEn from '../../src/shared/i18n/consents.en.json' with { type: 'json' };
import consentsRu from '../../src/shared/i18n/consents.ru.json' with { type: 'json' };
import deskEn from '../../src/shared/i18n/desk.en.json' with { type: 'json' };
import deskRu from '../../src/shared/i18n/desk.ru.json' with { type: 'json' };
import en from '../../src/shared/i18n/en.json' with { type: 'json' };
import papersEn from '../../src/shared/i18n/papers.en.json' with { type: 'json' };
import papersRu from '../../src/shared/i18n/papers.ru.json' with { type: 'json' };
import requestsEn from '../../src/shared/i18n/requests.en.json' with { type: 'json' };
import requestsRu from '../../src/shared/i18n/requests.ru.json' with { type: 'json' };
import ru from '../../src/shared/i18n/ru.json' with { type: 'json' };
import { codeFor, grantRole, kBaseUrl, newNumber, someAdult, type Person } from './world';

export type Lang = 'ru' | 'en';
export const texts = {
  ru: { ...ru, ...cabinetRu, ...consentsRu, ...deskRu, ...requestsRu, ...papersRu },
  en: { ...en, ...cabinetEn, ...consentsEn, ...deskEn, ...requestsEn, ...papersEn },
};
export const kPassword = 'три берёзы у реки';

export async function speak(page: Page, lang: Lang): Promise<void> {
  await page.context().addCookies([{ name: 'lang', value: lang, url: kBaseUrl }]);
}

/** Chooses a channel and asks for the code. */
export async function askForCode(page: Page, number: string, channel: 'call' | 'sms', lang: Lang) {
  const t = texts[lang];
  await page.goto('/register');
  await page.getByLabel(t.phone.label).fill(number);
  await page.getByRole('radio', { name: channel === 'call' ? t.phone.call : t.phone.sms }).check();
  await page.getByRole('button', { name: t.phone.submit }).click();
}

/** From the accepted code to the cabinet. */
export async function finishRegistration(page: Page, lang: Lang) {
  const t = texts[lang];
  await page.getByLabel(t.password.label, { exact: true }).fill(kPassword);
  await page.getByRole('button', { name: t.password.submit, exact: true }).click();
  await page.getByRole('button', { name: t.agreement.accept }).click();
  await page.getByRole('button', { name: t.consent.give }).click();
  await expect(page).toHaveURL(/\/home$/);
}

export async function register(page: Page, lang: Lang = 'ru'): Promise<string> {
  const number = newNumber();
  await speak(page, lang);
  await askForCode(page, number, 'call', lang);
  await expect(page).toHaveURL(/\/register\/code$/);
  await page.locator('input[name=code]').fill(await codeFor(page.request, number, 'call'));
  await finishRegistration(page, lang);
  return number;
}

/** Somebody else's browser, with the officer's role. */
export async function officerOf(browser: Browser, lang: Lang, viewport: { width: number; height: number }): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage();
  grantRole(await register(page, lang), 'data_protection_officer');
  return page;
}

/** Through the provider's own pages and back; says as whom. */
export async function raiseLevel(page: Page, lang: Lang = 'ru'): Promise<Person | undefined> {
  const person = await someAdult(page.request);
  await page.goto('/level');
  await page.locator('.screen__actions button').click();
  if (person === undefined) {
    await page.locator('#person-0').click();
  } else {
    await page.locator('details summary').click();
    await page.locator('#snils').fill(person.snils);
    await page.locator('#password').fill('demo');
    await page.locator('#enter').click();
    await page.locator('#allow').click();
  }
  await expect(page).toHaveURL(/\/level\?result=verified/);
  await expect(page.getByText(texts[lang].level.done)).toBeVisible();
  return person;
}

/** The permission, then all five documents. */
export async function addDocuments(page: Page, lang: Lang = 'ru') {
  const t = texts[lang];
  await page.goto('/documents');
  await page.getByRole('button', { name: t.permission.give, exact: true }).click();
  await page.getByRole('checkbox').first().waitFor();
  for (const box of await page.getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: t.documents.request, exact: true }).click();
  await expect(page.locator('a.card--passport')).toBeVisible();
}

export async function makeDigitalId(page: Page, lang: Lang = 'ru') {
  const t = texts[lang];
  await page.goto('/digital-id');
  await page.getByRole('button', { name: t.digital_id.make }).click();
  await expect(page.getByRole('radiogroup')).toBeVisible();
}

/** Uncovers the code of a question and waits until it is drawn. */
export async function showCode(
  page: Page,
  question: 'age_over_18' | 'pensioner' | 'identity',
  lang: Lang = 'ru',
) {
  const t = texts[lang];
  await page
    .locator('.segment', { hasText: t.digital_id.question[question] })
    .click();
  await page.getByRole('button', { name: t.digital_id.reveal }).click();
  await expect(page.locator('svg.qr path')).toBeVisible();
}

export async function wholeCitizen(page: Page, lang: Lang = 'ru'): Promise<string> {
  const number = await register(page, lang);
  await raiseLevel(page, lang);
  await addDocuments(page, lang);
  await makeDigitalId(page, lang);
  return number;
}
