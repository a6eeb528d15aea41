import { expect, test } from '@playwright/test';
import { register, speak, texts } from '../support/journey';
import { picture, sound } from '../support/page_checks';

for (const lang of ['ru', 'en'] as const) {
  const t = texts[lang];
  test(`anybody reads what is kept and why, and every edition (${lang})`, async ({ page }) => {
    await speak(page, lang);
    await page.goto('/');
    await page.getByRole('link', { name: t.app.footer.processing }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.processing.title);
    const register = await (await page.request.get('/api/v1/processing')).json();
    expect(register.purposes.length).toBeGreaterThan(10);
    await expect(page.locator('.paper')).toHaveCount(register.purposes.length);
    await expect(page.getByText(t.processing.place, { exact: true }).first()).toBeVisible();
    await sound(page);
    await picture(page, `processing-${lang}`);
    await page.getByRole('link', { name: t.editions.title }).click();
    await expect(page.getByText(t.editions.state.in_force).first()).toBeVisible();
    await sound(page);
    await picture(page, `editions-${lang}`);
    await page.goto('/editions/policy');
    await expect(page.locator('.screen').getByRole('link', { name: t.processing.title })).toBeVisible();
  });

  test(`a person sees everything that is held about them (${lang})`, async ({ page }) => {
    await register(page, lang);
    await page.goto('/profile');
    await page.getByRole('link', { name: t.myDataRow.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.myData.title);
    await expect(page.getByText(t.profile.attribute.phone, { exact: true })).toBeVisible();
    await expect(page.locator('.paper')).toHaveCount(13);
    await sound(page);
    await picture(page, `my-data-${lang}`);
  });
}

// AGREEMENT=1 tools/browser_tests.sh papers -g announced --fully-parallel --workers 4: the agreement has an edition that
// comes into force soon after the start, so that all of these have to begin at once.
for (const lang of ['ru', 'en'] as const) {
  const t = texts[lang];
  test(`a new agreement is announced, then accepted at the door (${lang})`, async ({ page }) => {
    test.skip(process.env.AGREEMENT !== '1', 'needs a second edition');
    test.setTimeout(180_000);
    await register(page, lang);
    await expect(page.getByRole('link', { name: t.waiting.read })).toBeVisible();
    await sound(page);
    await picture(page, `agreement-announced-${lang}`);
    await page.getByRole('link', { name: t.waiting.read }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.newAgreement.titleSoon);
    await expect(page.locator('.change').first()).toBeVisible();
    await sound(page);
    await picture(page, `agreement-soon-${lang}`);
    // A page that asks the server for nothing that could be refused, left open until the agreement binds.
    await page.goto('/documents');
    const title = page.getByRole('heading', { level: 1 });
    await expect(title).toHaveText(t.documents.title);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await expect(title).toHaveText(t.newAgreement.title, { timeout: 150_000 });
    await expect(page).toHaveURL(/\/agreement$/);
    expect(asked.filter((path) => path.startsWith('/api/') && !/\/editions|\/configuration$/.test(path))).toEqual([]);
    await sound(page);
    await picture(page, `agreement-binds-${lang}`);
    await page.getByRole('link', { name: t.myData.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.myData.title);
    for (const path of ['/home', '/security', '/documents']) {
      await page.goto(path);
      await expect(title, path).toHaveText(t.newAgreement.title);
    }
    await page.getByRole('button', { name: t.newAgreement.accept }).click();
    await expect(page, 'back where the person was').toHaveURL(/\/documents$/);
    await expect(title).toHaveText(t.documents.title);
    await page.goto('/security');
    await expect(title).toHaveText(t.security.title);
  });
}
