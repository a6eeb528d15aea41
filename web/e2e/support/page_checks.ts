import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const kTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What holds on every page once it has come: no fault against WCAG 2.2 AA that a program finds, no scrolling sideways. */
export async function sound(page: Page): Promise<void> {
  await expect(page.locator('.skeleton')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).withTags(kTags).analyze();
  expect(violations.map((one) => `${page.url()}: ${one.id}: ${one.nodes[0]?.html ?? ''}`)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** Keeps a picture of the whole page in the folder PICTURES, where that is set: for looking at it. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.PICTURES;
  const width = page.viewportSize()?.width ?? 0;
  if (folder !== undefined) await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
}
