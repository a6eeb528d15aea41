import { expect, test, type Page } from '@playwright/test';
import { kPassword, raiseLevel, register, speak, texts } from '../support/journey';
import { picture } from '../support/page_checks';
import { grantRole, kSandboxUrl } from '../support/world';

// The other side is the sandbox's clinic: another origin, the stock library openid-client, and a page
// that shows every claim it got. Its own words are Russian here.
const t = texts.ru;
const kClinic = `${kSandboxUrl}/clinic`;
const kEnter = 'Войти через Бересту';

async function claimsAt(page: Page): Promise<Record<string, string>> {
  await expect(page).toHaveURL(kClinic);
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  const rows = await page.locator('tr').all();
  const pairs = await Promise.all(
    rows.map(async (row) => [await row.locator('th').innerText(), await row.locator('td').innerText()]),
  );
  return Object.fromEntries(pairs) as Record<string, string>;
}

/** As somebody the clinic has not seen. */
async function goToClinic(page: Page) {
  await page.context().clearCookies({ name: 'clinic_visit' });
  await page.goto(`${kClinic}?lang=ru`);
  await page.getByRole('link', { name: kEnter }).click();
}

const agree = (page: Page) => page.getByRole('button', { name: t.connect.agree, exact: true });
const refuse = (page: Page) => page.getByRole('button', { name: t.connect.refuse, exact: true });
const fact = (page: Page, claim: keyof typeof t.connect.claim) =>
  page.locator('.fact', { has: page.getByText(t.connect.claim[claim], { exact: true }) }).locator('dd');

test('a clinic gets what its consent page showed, and nothing else', async ({ page }) => {
  const number = await register(page);
  const person = await raiseLevel(page);
  if (person === undefined) throw new Error('the population has no adult');
  await page.context().clearCookies({ name: '__Host-session' });

  await goToClinic(page);
  await expect(page.getByText(t.connect.first.sign_in)).toBeVisible();
  await page.getByRole('link', { name: t.connect.do.sign_in, exact: true }).click();
  await page.getByLabel(t.signIn.phone).fill(number);
  await page.getByLabel(t.signIn.password, { exact: true }).fill(kPassword);
  await page.getByRole('button', { name: t.signIn.submit, exact: true }).click();

  await expect(page.getByRole('heading', { level: 1 })).toContainText('Поликлиника (демонстрация)');
  await expect(page.getByText('Чтобы записать вас к врачу').first()).toBeVisible();
  const { family_name, given_name, middle_name } = person.name;
  await expect(fact(page, 'family_name')).toHaveText(family_name);
  await expect(fact(page, 'given_name')).toHaveText(given_name);
  await expect(fact(page, 'middle_name')).toHaveText(middle_name);
  await expect(fact(page, 'birthdate')).toContainText(person.birth_date.slice(0, 4));
  const [, code, block, tens, ones] = /^\+7(...)(...)(..)(..)$/.exec(number) ?? [];
  await expect(fact(page, 'phone_number')).toContainText(`+7 ${code} ${block}-${tens}-${ones}`);
  await expect(fact(page, 'phone_number')).toContainText(t.connect.proven);
  await expect(page.locator('.fact')).toHaveCount(5);
  const [yes, no] = [await agree(page).boundingBox(), await refuse(page).boundingBox()];
  expect([no?.width, no?.height], 'refusing is as big as agreeing').toEqual([yes?.width, yes?.height]);
  await agree(page).click();

  const { sub, ...claims } = await claimsAt(page);
  expect(claims).toEqual({
    family_name,
    given_name,
    middle_name,
    birthdate: person.birth_date,
    phone_number: number,
    phone_number_verified: 'true',
  });
  expect(sub).toMatch(/^[\w-]{20,}$/);

  // Known already: nothing is asked, and the clinic sees the same person.
  await goToClinic(page);
  expect((await claimsAt(page)).sub).toBe(sub);

  await page.goto('/connections');
  const card = page.getByRole('listitem').filter({ hasText: 'Поликлиника (демонстрация)' });
  await expect(card).toContainText(t.connect.claim.birthdate.toLowerCase());
  await card.getByRole('button', { name: t.connections.end }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: t.connections.end }).click();
  await expect(page.getByText(t.connections.empty)).toBeVisible();
  await goToClinic(page);
  await expect(agree(page)).toBeVisible();
});

test('leaving by the clinic ends the session in Beresta', async ({ page }) => {
  await register(page);
  await goToClinic(page);
  await agree(page).click();
  await claimsAt(page);
  await page.getByRole('link', { name: 'Выйти' }).click();
  await expect(page).toHaveURL(kClinic);
  await page.goto('/home');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('refusing gives nothing, and an unproven account has little to give', async ({ page }) => {
  const number = await register(page);
  await goToClinic(page);
  await expect(fact(page, 'family_name')).toHaveText(t.connect.noValue);
  await refuse(page).click();
  await expect(page.getByRole('alert')).toContainText('Вход не состоялся');
  await expect(page.getByRole('rowheader')).toHaveCount(0);
  await page.goto('/connections');
  await expect(page.getByText(t.connections.empty)).toBeVisible();

  await goToClinic(page);
  await agree(page).click();
  const { sub, ...claims } = await claimsAt(page);
  expect(sub).toBeTruthy();
  expect(claims).toEqual({ phone_number: number, phone_number_verified: 'true' });
});

test('a used request says so instead of asking again', async ({ page }) => {
  await register(page);
  await goToClinic(page);
  await expect(agree(page)).toBeVisible();
  const asked = page.url();
  await agree(page).click();
  await claimsAt(page);
  await page.goto(asked);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.connect.problemTitle);
});

test('a terminal without a browser of its own lets in by a code', async ({ page, context }) => {
  const number = await register(page);
  const terminal = await context.newPage();
  const begin = async () => {
    await context.clearCookies({ name: 'clinic_visit' });
    await terminal.goto(`${kClinic}?lang=ru`);
    await terminal.getByRole('link', { name: 'Терминал в холле' }).click();
    return terminal.locator('#code').innerText();
  };
  const type = async (code: string) => {
    await page.goto('/device');
    await page.getByLabel(t.device.code).fill(code);
    await page.getByRole('button', { name: t.device.submit, exact: true }).click();
  };
  const first = await begin();
  expect(first).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
  await type('BBBB-BBBB');
  await expect(page.getByLabel(t.device.code)).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel(t.device.code)).toBeFocused();
  await type(first.toLowerCase().replace('-', ''));
  await expect(page.getByText(t.connect.deviceCare)).toBeVisible();
  await refuse(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.device.refusedTitle);
  await expect(terminal.getByRole('alert')).toContainText('Вход не состоялся');

  await type(await begin());
  await agree(page).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.device.agreedTitle);
  expect((await claimsAt(terminal)).phone_number).toBe(number);
});

test('a registrar registers a site; nobody else may', async ({ page }) => {
  const number = await register(page);
  await page.goto('/desk/relying-parties');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.staffOnly.title);
  await expect(page.getByText(t.staffOnly.registrar)).toBeVisible();

  grantRole(number, 'registrar');
  await page.goto('/profile');
  await page.getByRole('link', { name: t.desk.title }).click();
  await expect(page.getByRole('link', { name: 'Поликлиника (демонстрация)' })).toBeVisible();
  await page.getByRole('link', { name: t.desk.add }).click();
  const field = (name: keyof typeof t.desk.field) => page.getByLabel(t.desk.field[name], { exact: true });
  const save = page.getByRole('button', { name: t.desk.save, exact: true });
  await save.click();
  await expect(field('name_ru')).toBeFocused();
  await expect(page.locator('.field__error')).toHaveCount(5);
  const name = `Аптека ${number.slice(-4)}`;
  await field('name_ru').fill(name);
  await field('name_en').fill(`Pharmacy ${number.slice(-4)}`);
  await field('purpose_ru').fill('Чтобы отложить лекарство на ваше имя');
  await field('purpose_en').fill('To keep a medicine in your name');
  await field('redirect_uris').fill('https://apteka.example/../callback');
  await page.getByLabel(t.connect.claim.given_name, { exact: true }).check();
  await save.click();
  await expect(field('redirect_uris')).toHaveAccessibleDescription(/Нужен точный адрес https/);
  await expect(field('redirect_uris')).toBeFocused();

  await field('redirect_uris').fill('https://apteka.example/callback');
  await save.click();
  await expect(page.getByText(t.desk.secretOnce)).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(t.desk.made);
  await expect(page.locator('.openid-made')).toContainText(/client_secret\S{20,}/);
  await page.getByRole('button', { name: `${t.desk.copy}: client_secret` }).click();
  await picture(page, 'desk-made');
  await page.getByRole('link', { name: t.desk.toParty }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(field('redirect_uris')).toHaveValue('https://apteka.example/callback');
  await expect(page.getByText(t.desk.refusedNone)).toBeVisible();
});

test('an address that the site did not register is named, and nobody is sent there', async ({ page }) => {
  await speak(page, 'ru');
  const { searchParams } = new URL(
    (await page.request.get(`${kClinic}/start`, { maxRedirects: 0 })).headers().location ?? '',
  );
  searchParams.set('redirect_uri', 'https://evil.example/clinic/callback');
  await page.goto(`/oauth/authorize?${searchParams.toString()}`);
  await expect(page.getByText(t.connect.problem.redirect_uri)).toBeVisible();
});
