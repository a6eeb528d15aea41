import { expect, test } from '@playwright/test';
import { raiseLevel, register, speak, texts } from '../support/journey';
import { grantRole, kSandboxUrl } from '../support/world';
import { kFrame, shoot, shootWhole } from './shoot';

// Signing in elsewhere, security and the registrar's desk. These pages are longer than a screen, so
// the pictures are of the whole page.
for (const lang of ['ru', 'en'] as const) {
  test(`sites and security in ${lang}`, async ({ page }) => {
    const t = texts[lang];
    const visit = async (path: string, name: string) => {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await shootWhole(page, name, lang);
    };
    await page.emulateMedia({ colorScheme: kFrame, reducedMotion: 'reduce' });
    await speak(page, lang);
    await page.goto(`${kSandboxUrl}/clinic/start?lang=${lang}`);
    await expect(page.getByText(t.connect.first.sign_in)).toBeVisible();
    await shoot(page, 'authorize-sign-in', lang);
    const number = await register(page, lang);
    await page.goto(`${kSandboxUrl}/clinic/start?lang=${lang}`);
    await expect(page.getByText(t.connect.noValue).first()).toBeVisible();
    await shootWhole(page, 'authorize-unproven', lang);
    await visit('/connections', 'connections-none');
    await visit('/security', 'security');
    await page.getByRole('button', { name: t.security.codesMake }).click();
    await page.locator('.recovery-codes li').first().waitFor();
    await shootWhole(page, 'security-codes', lang);
    await page.getByRole('button', { name: t.security.totpOn }).click();
    await page.locator('.totp-qr').waitFor();
    await shootWhole(page, 'security-app', lang);
    await visit('/desk/relying-parties', 'desk-closed');

    await raiseLevel(page, lang);
    await visit('/level', 'level-linked');
    await page.goto(`${kSandboxUrl}/clinic/start?lang=${lang}`);
    const agree = page.getByRole('button', { name: t.connect.agree, exact: true });
    await agree.waitFor();
    await shootWhole(page, 'authorize', lang);
    await agree.click();
    await page.getByRole('rowheader').first().waitFor();
    await shoot(page, 'clinic', lang);
    await visit('/connections', 'connections');
    await page.getByRole('button', { name: t.connections.end }).click();
    await page.getByRole('alertdialog').waitFor();
    await shoot(page, 'connections-end', lang);
    await visit('/device', 'device');
    await visit('/authorize?problem=authorization.redirect_uri', 'authorize-problem');
    await visit('/profile', 'profile-whole');

    grantRole(number, 'registrar');
    await visit('/desk/relying-parties', 'desk');
    await visit('/desk/relying-parties/new', 'desk-new');
    await page.getByRole('button', { name: t.desk.save, exact: true }).click();
    await page.getByRole('alert').waitFor();
    await shootWhole(page, 'desk-refused', lang);
  });
}
