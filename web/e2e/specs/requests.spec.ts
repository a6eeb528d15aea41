import { expect, test } from '@playwright/test';
import { officerOf, register, texts } from '../support/journey';
import { picture, sound } from '../support/page_checks';

const config = process.env.BERESTA_CONFIG ?? '';
const kAnswer = {
  ru: 'Здравствуйте. Мы исправили отчество: было «Сергевна», стало «Сергеевна».',
  en: 'Hello. We have corrected the second name: it was “Sergevna”, it is “Sergeevna”.',
};
const kSteps = { ru: 'Отчество записано с ошибкой: нужно «Сергеевна».', en: 'My second name is wrong: it should be “Sergeevna”.' };

for (const lang of ['ru', 'en'] as const) {
  const t = texts[lang];
  test(`a person asks, the officer answers, the person reads it (${lang})`, async ({ page, browser }) => {
    test.skip(config === '', 'BERESTA_CONFIG names the configuration of the started server');
    await register(page, lang);
    await page.goto('/profile');
    await page.getByRole('link', { name: t.requests.open }).click();
    await expect(page.getByText(t.request.none)).toBeVisible();
    await page.getByRole('link', { name: t.request.new }).click();
    await page.getByRole('button', { name: t.request.send }).click();
    await expect(page.locator('.error-summary')).toBeFocused();
    await page.getByRole('link', { name: t.request.wrong.kind }).click();
    await expect(page.getByRole('radio').first()).toBeFocused();
    await page.getByRole('radio', { name: t.requests.kind.correction }).check();
    await sound(page);
    await picture(page, `new-${lang}`);
    await page.getByLabel(t.request.words).fill(kSteps[lang]);
    await page.getByRole('button', { name: t.request.send }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.requests.kind.correction);
    await expect(page.getByText(lang === 'ru' ? /Ответ до .+, остал/ : /Answer by .+ left/)).toBeVisible();
    await sound(page);
    await picture(page, `mine-${lang}`);
    const id = page.url().split('/').pop() ?? '';

    const officer = await officerOf(browser, lang, page.viewportSize() ?? { width: 1280, height: 800 });
    await officer.goto('/profile');
    await officer.getByRole('link', { name: t.deskRows.requests }).click();
    await officer.locator('.request-card').first().waitFor();
    await sound(officer);
    await picture(officer, `desk-${lang}`);
    await officer.goto(`/desk/requests/${id}`);
    await expect(officer.getByText(kSteps[lang])).toBeVisible();
    await officer.getByRole('button', { name: t.requestDesk.take }).click();
    await officer.getByRole('button', { name: t.requestDesk.showData }).click();
    await expect(officer.locator('dl.facts')).toBeVisible();
    await expect(officer.getByRole('radio', { checked: true })).toHaveCount(0);
    await officer.getByRole('button', { name: t.requestDesk.submit.answer }).click();
    await expect(officer.locator('.error-summary')).toBeFocused();
    await expect(officer.getByRole('link', { name: t.requestDesk.wrong.act })).toBeVisible();
    await officer.getByRole('radio', { name: t.requestDesk.act.answer }).check();
    await officer.getByRole('button', { name: t.requestDesk.templateIn[lang] }).click();
    await expect(officer.getByLabel(t.requestDesk.words)).toHaveValue(t.requestDesk.template.correction);
    await officer.getByRole('button', { name: t.requestDesk.submit.answer }).click();
    await expect(officer.getByRole('link', { name: t.requestDesk.wrong.gaps })).toBeVisible();
    await sound(officer);
    await picture(officer, `answer-${lang}`);
    await officer.getByLabel(t.requestDesk.words).fill(kAnswer[lang === 'ru' ? 'en' : 'ru']);
    await expect(officer.getByText(t.requestDesk.otherLanguage[lang])).toBeVisible();
    await officer.getByLabel(t.requestDesk.words).fill(kAnswer[lang]);
    await expect(officer.getByText(t.requestDesk.otherLanguage[lang])).toHaveCount(0);
    await officer.getByRole('button', { name: t.requestDesk.submit.answer }).click();
    await sound(officer);
    await picture(officer, `answer-sure-${lang}`);
    await officer.getByRole('alertdialog').getByRole('button', { name: t.requestDesk.submit.answer }).click();
    await expect(officer.getByText(t.request.state.answered)).toBeVisible();

    await page.reload();
    await expect(page.getByText(kAnswer[lang])).toBeVisible();
    await expect(page.getByText(t.request.state.answered)).toBeVisible();
    await picture(page, `read-${lang}`);
    await page.goto('/history');
    await expect(page.getByText(t.history.kind['request.answered'])).toBeVisible();
    await officer.context().close();
  });
}

test('a copy is there at once, and a refusal says where to complain', async ({ page, browser }) => {
  test.skip(config === '', 'BERESTA_CONFIG names the configuration of the started server');
  const t = texts.ru;
  await register(page);
  await page.goto('/requests/new');
  await page.getByRole('radio', { name: t.requests.kind.copy }).check();
  await page.getByRole('button', { name: t.request.send }).click();
  await expect(page.getByText(t.request.fileReady.copy)).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: t.request.file }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('beresta-data.json');

  await page.goto('/requests/new');
  await page.getByRole('radio', { name: t.requests.kind.contest }).check();
  await page.getByLabel(t.request.words).fill('Мой профиль смотрели без причины');
  await page.getByRole('button', { name: t.request.send }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.requests.kind.contest);
  const officer = await officerOf(browser, 'ru', page.viewportSize() ?? { width: 1280, height: 800 });
  await officer.goto(`/desk/requests/${page.url().split('/').pop() ?? ''}`);
  await officer.getByRole('button', { name: t.requestDesk.take }).click();
  await officer.getByRole('radio', { name: t.requestDesk.act.refusal }).check();
  await officer.getByRole('radio', { name: /Мы не обрабатываем/ }).check();
  await officer.getByLabel(t.requestDesk.words).fill('Таких просмотров у нас нет.');
  await expect(officer.getByRole('radio', { name: /нарушил бы права/ })).toHaveCount(0);
  await officer.getByRole('button', { name: t.requestDesk.submit.refusal }).click();
  await officer.getByRole('alertdialog').getByRole('button', { name: t.requestDesk.submit.refusal }).click();
  await expect(officer.getByText(t.request.state.refused)).toBeVisible();
  await page.reload();
  await expect(page.getByText(t.request.refusedTitle)).toBeVisible();
  await expect(page.getByRole('link', { name: /pd\.rkn\.gov\.ru/ })).toBeVisible();
  await sound(page);
  await picture(page, 'refused-ru');
  await officer.context().close();
});

test('an officer sees the data of somebody who agreed to messages, and the desk is closed to others', async ({ page, browser }) => {
  test.skip(config === '', 'BERESTA_CONFIG names the configuration of the started server');
  const t = texts.ru;
  await register(page);
  await page.goto('/consents/give/informing_debts');
  await page.getByRole('checkbox', { name: t.myConsents.part.sms }).check();
  await page.getByRole('button', { name: t.myConsents.give, exact: true }).click();
  await expect(page.getByText(t.myConsents.told.given.replace('{{title}}', t.consents.purpose.informing_debts))).toBeVisible();
  await page.goto('/requests/new');
  await page.getByRole('radio', { name: t.requests.kind.complaint }).check();
  await page.getByLabel(t.request.words).fill('Сообщения приходят ночью');
  await page.getByRole('button', { name: t.request.send }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.requests.kind.complaint);
  const id = page.url().split('/').pop() ?? '';

  await page.goto(`/desk/requests/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.staffOnly.title);
  await expect(page.getByText(t.staffOnly.data_protection_officer)).toBeVisible();
  await expect(page.getByRole('button', { name: t.common.retry })).toHaveCount(0);
  await sound(page);
  await picture(page, 'desk-closed-ru');

  const officer = await officerOf(browser, 'ru', page.viewportSize() ?? { width: 1280, height: 800 });
  await officer.goto(`/desk/requests/${id}`);
  await officer.getByRole('button', { name: t.requestDesk.take }).click();
  await officer.getByRole('button', { name: t.requestDesk.showData }).click();
  await expect(officer.locator('dl.facts')).toContainText(t.profile.attribute.phone);
  await expect(officer.getByText(t.error.unreadableTitle)).toHaveCount(0);
  await officer.context().close();
});
