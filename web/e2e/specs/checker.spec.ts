import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, expect, test, type Page } from '@playwright/test';
import { showCode, speak, texts, wholeCitizen } from '../support/journey';
import { layLine } from '../support/line';
import { kBaseUrl, kBrowser } from '../support/world';

const t = texts.ru;

async function pictureOfCode(page: Page): Promise<Buffer> {
  return page.locator('.code-panel__sheet').screenshot();
}

test('a picture file says yes, and the second time that it was shown before', async ({
  page,
  browser,
}) => {
  await wholeCitizen(page);
  await showCode(page, 'age_over_18');
  const picture = { name: 'code.png', mimeType: 'image/png', buffer: await pictureOfCode(page) };
  const context = await browser.newContext();
  const checker = await context.newPage();
  await speak(checker, 'ru');
  await checker.goto('/check');
  await checker.locator('input[type=file]').setInputFiles(picture);
  await expect(checker.getByRole('heading', { level: 1 })).toHaveText('18+ да');
  await expect(checker.getByText(t.check.shown, { exact: true })).toBeVisible();
  await checker.getByRole('button', { name: t.check.next }).click();
  await checker.locator('input[type=file]').setInputFiles(picture);
  await expect(checker.getByText(t.check.shownBefore)).toBeVisible();
  await context.close();
});

test('an identity shows name, document and the portrait', async ({ page }) => {
  await wholeCitizen(page);
  await showCode(page, 'identity');
  const buffer = await pictureOfCode(page);
  await page.goto('/check');
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.check.identityYes);
  await expect(page.getByRole('img', { name: t.check.portraitAlt })).toBeVisible();
});

test('the camera reads the code off a screen', async ({ page }) => {
  await wholeCitizen(page);
  await showCode(page, 'age_over_18');
  const folder = test.info().outputPath('camera');
  mkdirSync(folder, { recursive: true });
  const still = join(folder, 'code.png');
  const video = join(folder, 'code.mjpeg');
  writeFileSync(still, await pictureOfCode(page));
  const filter = 'scale=520:520,pad=1280:720:(ow-iw)/2:(oh-ih)/2:color=gray';
  execFileSync('ffmpeg', ['-y', '-loglevel', 'error', '-loop', '1', '-i', still, '-t', '2', '-r', '10', '-vf', filter, '-pix_fmt', 'yuvj420p', '-q:v', '2', video]);
  const browser = await chromium.launch({
    ...kBrowser,
    args: [
      ...kBrowser.args,
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-video-capture=${video}`,
    ],
  });
  try {
    const context = await browser.newContext({ baseURL: kBaseUrl, permissions: ['camera'] });
    const checker = await context.newPage();
    await speak(checker, 'ru');
    await checker.goto('/check');
    await checker.getByRole('button', { name: t.check.camera }).click();
    await expect(checker.getByRole('heading', { level: 1 })).toHaveText('18+ да');
  } finally {
    await browser.close();
  }
});

test('without a network the answer is the same, and the age of the list is said', async ({
  page,
  browser,
}) => {
  await wholeCitizen(page);
  const line = await layLine();
  const context = await browser.newContext({ baseURL: line.url, locale: 'ru-RU' });
  const checker = await context.newPage();
  await checker.goto('/check');
  await checker.evaluate(() => navigator.serviceWorker.ready);
  await expect(checker.locator('input[type=file]')).toBeAttached();
  await line.cut();
  await checker.goto('/check');
  await expect(checker.getByText(t.check.listOffline.split(' · ')[0] ?? '')).toBeVisible();
  await showCode(page, 'pensioner');
  const buffer = await pictureOfCode(page);
  await checker.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer });
  await expect(checker.getByRole('heading', { level: 1 })).toHaveText(/^Пенсионер: (да|нет)$/);
  await expect(checker.getByText(t.check.shownUnknown)).toBeVisible();
  await context.close();
});

test('strange text and a picture without a code are said in words', async ({ page }) => {
  await speak(page, 'ru');
  await page.goto('/check');
  await page.getByText(t.check.text).click();
  await page.getByLabel(t.check.textLabel).fill('https://example.org');
  await page.getByRole('button', { name: t.check.textSubmit, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.check.verdict.malformed);
  await page.getByRole('button', { name: t.check.next }).click();
  const blank = await page.locator('header').screenshot();
  await page.locator('input[type=file]').setInputFiles({ name: 'b.png', mimeType: 'image/png', buffer: blank });
  await expect(page.getByText(t.check.fileNone)).toBeVisible();
  await page.locator('input[type=file]').setInputFiles({ name: 'c.png', mimeType: 'image/png', buffer: Buffer.from('x') });
  await expect(page.getByText(t.check.fileBad)).toBeVisible();
});
