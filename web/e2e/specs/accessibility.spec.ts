import { expect, test, type Page } from '@playwright/test';
import { speak, texts, wholeCitizen, type Lang } from '../support/journey';
import { sound } from '../support/page_checks';

const kOpen = ['/', '/register', '/sign-in', '/check', '/editions/policy', '/editions', '/processing', '/contractors', '/lost-number', '/receipt', '/nowhere'];
const kMine = ['/home', '/level', '/documents', '/documents/passport', '/digital-id', '/sessions', '/security', '/history', '/connections', '/device', '/who-looked', '/my-data', '/my-data/blocks', '/consents', '/consents/give/informing_debts', '/requests', '/requests/new', '/account/numbers', '/account/email', '/account/export', '/account/deletion', '/profile'];

async function expectAccessible(page: Page, path: string) {
  await page.goto(path);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await sound(page);
}

for (const lang of ['ru', 'en'] as const satisfies readonly Lang[]) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`every page, ${lang}, ${colorScheme}`, async ({ page }) => {
      test.skip(colorScheme === 'dark' && (lang === 'en' || test.info().project.name === 'wide'), 'colours are the same at any width, in any language');
      test.setTimeout(420_000);
      const broken: string[] = [];
      page.on('console', (message) => {
        if (/Content Security Policy/i.test(message.text())) broken.push(message.text());
      });
      await page.emulateMedia({ colorScheme });
      await speak(page, lang);
      for (const path of kOpen) await expectAccessible(page, path);
      await wholeCitizen(page, lang);
      for (const path of kMine) await expectAccessible(page, path);
      expect(broken).toEqual([]);
    });
  }
}

test('the heading takes the focus on the way to another page, and the tab says where', async ({
  page,
}) => {
  await speak(page, 'en');
  await page.goto('/');
  await page.getByRole('link', { name: texts.en.welcome.signIn, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(page).toHaveTitle(new RegExp(`^${texts.en.signIn.title} · `));
});

test('the language is remembered', async ({ page }) => {
  await speak(page, 'ru');
  await page.goto('/');
  await page.getByRole('button', { name: /English/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts.en.welcome.title);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(texts.en.welcome.title);
});
