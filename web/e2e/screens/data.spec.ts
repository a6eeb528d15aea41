import { expect, test } from '@playwright/test';
import { raiseLevel, register, speak, texts } from '../support/journey';
import { kFrame, shootWhole } from './shoot';

// What is held and why, who looked, consents, requests, and the account's own life.
const kPublic = { processing: '/processing', editions: '/editions' };
const kOwn = {
  'my-data': '/my-data',
  'my-data-blocks': '/my-data/blocks',
  consents: '/consents',
  'who-looked': '/who-looked',
  requests: '/requests',
  'request-new': '/requests/new',
  numbers: '/account/numbers',
  email: '/account/email',
  'account-export': '/account/export',
  'account-deletion': '/account/deletion',
};

for (const lang of ['ru', 'en'] as const) {
  test(`data and account in ${lang}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: kFrame, reducedMotion: 'reduce' });
    await speak(page, lang);
    const visit = async (pages: Record<string, string>) => {
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(texts[lang].error.notFoundTitle);
        await shootWhole(page, name, lang);
      }
    };
    await visit(kPublic);
    await register(page, lang);
    await raiseLevel(page, lang);
    await visit(kOwn);
  });
}
