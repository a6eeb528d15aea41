import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { Lang } from '../support/journey';

// Pictures go to docs/screens/<page>-<lang>-<phone|wide>.png; SCREENS_DIR and DARK=1 are for looking
// without touching the committed ones.
const kFolder = process.env.SCREENS_DIR ?? fileURLToPath(new URL('../../../docs/screens', import.meta.url));
export const kFrame = process.env.DARK ? 'dark' : 'light';

async function picture(page: Page, name: string, lang: Lang): Promise<void> {
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(kFolder, `${name}-${lang}-${test.info().project.name}.png`) });
}

export const shoot = picture;

/** The whole page: the window is made as high as it, so that what sticks to its bottom stays there. */
export async function shootWhole(page: Page, name: string, lang: Lang): Promise<void> {
  const before = page.viewportSize();
  if (before === null) throw new Error('no window');
  await expect(page.locator('.skeleton')).toHaveCount(0);
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: before.width, height: Math.max(before.height, height) });
  await picture(page, name, lang);
  await page.setViewportSize(before);
}
