import { expect, test, type Page } from '@playwright/test';
import { officerOf, register, texts, type Lang } from '../support/journey';
import { picture, sound } from '../support/page_checks';

const config = process.env.BERESTA_CONFIG ?? '';
const kAnswer = {
  ru: 'Мы проверили: это были вы, в день регистрации. Ничего лишнего никто не видел.',
  en: 'We checked: it was you, on the day you registered. Nobody saw anything else.',
};

/** An objection lies beside what others did: the officer's own reading of the person's request is such a line. */
async function readByOfficer(officer: Page, page: Page, lang: Lang): Promise<void> {
  const t = texts[lang];
  await page.goto('/requests/new');
  await page.getByRole('radio', { name: t.requests.kind.contest }).check();
  await page.getByLabel(t.request.words).fill('?');
  await page.getByRole('button', { name: t.request.send }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.requests.kind.contest);
  await officer.goto(`/desk/requests/${page.url().split('/').pop() ?? ''}`);
  await expect(officer.getByRole('button', { name: t.requestDesk.take })).toBeVisible();
}

for (const lang of ['ru', 'en'] as const) {
  const t = texts[lang];
  test(`who looked is proven in the browser, an objection is answered (${lang})`, async ({ page, browser }) => {
    test.skip(config === '', 'BERESTA_CONFIG names the configuration of the started server');
    await register(page, lang);
    const officer = await officerOf(browser, lang, page.viewportSize() ?? { width: 1280, height: 800 });
    await readByOfficer(officer, page, lang);

    const line = page.locator('.who-day li').filter({ hasText: t.who.actor.staff }).first();
    await expect(async () => {
      await page.goto('/who-looked');
      await expect(line.locator('.who-line__proof--proven')).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 20_000 });
    await expect(page.getByText(t.who.purpose.answer_request).first()).toBeVisible();
    await expect(page.locator('.who-line__proof--wrong')).toHaveCount(0);
    await page.getByRole('button', { name: t.who.filter.others }).click();
    await expect(page.getByText(t.who.actor.citizen, { exact: true })).toHaveCount(0);
    await line.getByText(t.who.details).click();
    await sound(page);
    await picture(page, `who-${lang}`);

    await line.getByRole('button', { name: t.who.dispute }).click();
    await sound(page);
    await page.getByRole('button', { name: t.who.reason.no_need }).click();
    await expect(line.getByRole('button', { name: t.who.dispute })).toHaveCount(0);

    await officer.goto('/profile');
    await officer.getByRole('link', { name: t.deskRows.disputes }).click();
    await expect(officer.getByRole('heading', { level: 1 })).toHaveText(t.disputeDesk.title);
    await officer.locator('.dispute-card').first().waitFor();
    await sound(officer);
    await picture(officer, `disputes-${lang}`);
    // The oldest stands first, and other tests may leave some: ours is the newest.
    await officer.locator('.dispute-card a').last().click();
    await expect(officer.getByRole('heading', { level: 1 })).toHaveText(t.who.reason.no_need);
    await expect(officer.getByText(t.who.purpose.answer_request)).toBeVisible();
    await expect(officer.getByRole('radio', { checked: true })).toHaveCount(0);
    await officer.getByRole('button', { name: t.disputeDesk.send }).click();
    await expect(officer.getByRole('link', { name: t.disputeDesk.wrong.outcome })).toBeVisible();
    await officer.getByRole('radio', { name: t.disputeDesk.outcome.rightful }).check();
    await officer.getByLabel(t.disputeDesk.words).fill(kAnswer[lang]);
    await sound(officer);
    await picture(officer, `dispute-${lang}`);
    await officer.getByRole('button', { name: t.disputeDesk.send }).click();
    await officer.getByRole('alertdialog').getByRole('button', { name: t.disputeDesk.send }).click();
    await expect(officer.getByRole('heading', { level: 2, name: t.disputeDesk.answer })).toBeVisible();
    await expect(officer.getByText(kAnswer[lang])).toBeVisible();

    await page.goto('/who-looked');
    await expect(page.getByText(kAnswer[lang])).toBeVisible();
    await sound(page);
    await picture(page, `answered-${lang}`);
    await page.goto('/history');
    await expect(page.getByText(t.history.kind['entry.answered'])).toBeVisible();
    await officer.context().close();
  });
}

test('a line that was altered on its way, and a log that was exchanged, are seen for what they are', async ({ page }) => {
  const t = texts.ru;
  await register(page, 'ru');
  await expect(async () => {
    await page.goto('/who-looked');
    await expect(page.locator('.who-line__proof--proven').first()).toBeVisible({ timeout: 2000 });
    await expect(page.getByText(t.who.verdict.waiting)).toHaveCount(0, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.route('**/api/v1/log/entries*', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { entries: { record?: string }[] };
    const first = body.entries[0];
    if (first?.record !== undefined) first.record = first.record.replace(/"kind":"[a-z.]+"/, '"kind":"session.opened"');
    await route.fulfill({ response, json: body });
  });
  await page.reload();
  await expect(page.locator('.who-line__proof--wrong')).toHaveCount(1);
  await expect(page.getByText(t.who.wrongText)).toBeVisible();
  await page.unroute('**/api/v1/log/entries*');
  await page.route('**/api/v1/log/consistency*', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as { checkpoint: string; proof: string[] };
    body.checkpoint = body.checkpoint.replace(/\n(\d+)\n/, (_, size: string) => `\n${String(Number(size) + 1)}\n`);
    await route.fulfill({ response, json: body });
  });
  await page.reload();
  await expect(page.getByText(t.who.forkTitle)).toBeVisible();
});
