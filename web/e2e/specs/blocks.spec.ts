import { expect, test } from '@playwright/test';
import { raiseLevel, register, showCode, speak, texts, wholeCitizen } from '../support/journey';
import { picture, sound } from '../support/page_checks';

const refusals = { ru: 'Данные заблокированы', en: 'The data are blocked' };

for (const lang of ['ru', 'en'] as const) {
  const t = texts[lang];
  const profile = t.blocks.kind.profile;
  const refusal = refusals[lang];

  test(`a person blocks facts about themselves, is refused in words, and lifts it (${lang})`, async ({ page }) => {
    await register(page, lang);
    await page.goto('/my-data');
    await page.getByRole('link', { name: t.blocks.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.blocks.title);
    await expect(page.getByText(t.blocks.isUsed, { exact: true })).toHaveCount(2);
    await sound(page);
    await picture(page, `blocks-none-${lang}`);

    const button = page.getByRole('button', { name: `${t.blocks.block}: ${profile.title}` });
    await button.click();
    const dialog = page.getByRole('alertdialog', { name: profile.ask });
    await expect(dialog.getByText(profile.askText)).toBeVisible();
    await sound(page);
    await picture(page, `blocks-ask-${lang}`);
    await dialog.getByRole('button', { name: t.blocks.block }).click();
    await expect(page.getByRole('alert')).toHaveText(t.blocks.done);
    await expect(page.getByText(t.blocks.isBlocked, { exact: true })).toBeVisible();
    await expect(page.getByText(t.blocks.reason.own)).toBeVisible();
    const lift = page.getByRole('button', { name: `${t.blocks.lift}: ${profile.title}` });
    await expect(lift, 'the keyboard stays where it was').toBeFocused();
    await sound(page);
    await picture(page, `blocks-on-${lang}`);

    // Said before anything is typed or sent: a number costs its owner two codes.
    for (const path of ['numbers', 'email']) {
      await page.goto(`/account/${path}`);
      await expect(page.getByText(t.blocked.title, { exact: true })).toBeVisible();
      await sound(page);
      await picture(page, `blocks-${path}-${lang}`);
    }
    await page.getByLabel(t.email.label).fill('lada@mail.example');
    await page.getByRole('button', { name: t.email.send }).click();
    await expect(page.getByRole('alert')).toContainText(refusal);

    await page.goto('/profile');
    await expect(page.getByText(t.blocked.title, { exact: true })).toBeVisible();
    const name = t.profile.attribute.preferred_name;
    const change = page.getByRole('button', { name: `${t.profile.own.change}: ${name}` });
    await expect(change, 'nothing opens that could not be saved').toHaveCount(0);
    await sound(page);
    await picture(page, `blocks-refused-${lang}`);
    await page.getByRole('link', { name: t.blocked.lead }).click();
    await lift.click();
    await expect(page.getByRole('alert')).toHaveText(t.blocks.lifted);
    await expect(page.getByText(t.blocks.isUsed, { exact: true })).toHaveCount(2);

    await page.goto('/profile');
    await change.click();
    await page.getByLabel(name).fill('Лада-Мила');
    await page.getByRole('button', { name: t.profile.own.save }).click();
    await expect(page.locator('.own').getByText('Лада-Мила')).toBeVisible();
    await expect(page.getByText(t.blocked.title, { exact: true })).toHaveCount(0);
    await page.goto('/history');
    await expect(page.getByText(t.history.kind['account.data_blocked'])).toBeVisible();
    await expect(page.getByText(t.history.kind['account.data_unblocked'])).toBeVisible();
  });
}

for (const lang of ['ru', 'en'] as const) {
  const t = texts[lang];
  test(`documents that are blocked end the Digital ID and its codes (${lang})`, async ({ page, browser }) => {
    await wholeCitizen(page, lang);
    // The code goes on living on a screen that was left open.
    const open = await page.context().newPage();
    await open.goto('/digital-id');
    await showCode(open, 'identity', lang);

    await page.goto('/my-data/blocks');
    await page.getByRole('button', { name: `${t.blocks.block}: ${t.blocks.kind.documents.title}` }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: t.blocks.block }).click();
    await expect(page.getByRole('alert')).toHaveText(t.blocks.done);

    const checker = await (await browser.newContext()).newPage();
    await speak(checker, lang);
    await checker.goto('/check');
    const buffer = await open.locator('.code-panel__sheet').screenshot();
    await checker.locator('input[type=file]').setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
    await expect(checker.getByRole('heading', { level: 1 })).toHaveText(t.check.verdict.revoked);
    await sound(checker);
    await picture(checker, `blocks-checker-${lang}`);
    await checker.context().close();

    for (const screen of [open, page]) {
      await screen.goto('/digital-id');
      await expect(screen.getByRole('heading', { level: 1 })).toHaveText(t.digital_id.makeTitle);
      await expect(screen.getByText(t.digital_id.ended)).toBeVisible();
      await expect(screen.getByText(t.blocked.title)).toBeVisible();
      await expect(screen.locator('svg.qr')).toHaveCount(0);
    }
    await open.close();
    await sound(page);
    await picture(page, `blocks-digital-id-${lang}`);
    await page.getByRole('button', { name: t.digital_id.make }).click();
    await expect(page.getByRole('alert')).toContainText(refusals[lang]);
    await picture(page, `blocks-digital-id-refused-${lang}`);

    await page.goto('/my-data/blocks');
    await page.getByRole('button', { name: `${t.blocks.lift}: ${t.blocks.kind.documents.title}` }).click();
    await expect(page.getByRole('alert')).toHaveText(t.blocks.lifted);
    // The device was remembered when its answers were refused: it goes on without being made again.
    await page.goto('/digital-id');
    await showCode(page, 'identity', lang);
  });
}

test('blocked documents are not asked for, and the page says why; the provider has a name', async ({ page }) => {
  const t = texts.ru;
  await register(page);
  await raiseLevel(page);
  await page.goto('/my-data');
  await expect(page.getByText(t.profile.attribute.snils, { exact: true })).toBeVisible();
  await expect(page.getByText('esia', { exact: false })).toHaveCount(0);
  await page.goto('/my-data/blocks');
  await page.getByRole('button', { name: `${t.blocks.block}: ${t.blocks.kind.documents.title}` }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: t.blocks.block }).click();
  await expect(page.getByRole('alert')).toHaveText(t.blocks.done);
  await page.goto('/documents');
  await page.getByRole('button', { name: t.permission.give, exact: true }).click();
  await page.getByRole('checkbox').first().check();
  await expect(page.getByText(t.blocked.title, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: t.documents.request, exact: true }).click();
  await expect(page.getByText(t.documents.unavailableWhy['vault.blocked'])).toBeVisible();
  await sound(page);
  await picture(page, 'blocks-documents-ru');
  await page.goto('/my-data');
  await expect(page.getByText(t.blocks.isBlocked, { exact: true })).toHaveCount(1);
  await sound(page);
  await picture(page, 'blocks-my-data-ru');
});
