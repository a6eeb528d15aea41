import { defineConfig } from '@playwright/test';
import { kBaseUrl, kBrowser } from './e2e/support/world';

// Runs against a started server and sandbox: BASE_URL and SANDBOX_URL say where they are.
export default defineConfig({
  testDir: 'e2e/specs',
  timeout: 240_000,
  // On a machine that lands changes one slow moment must not undo a day; Playwright says "flaky" there.
  retries: process.env.CI === undefined ? 0 : 1,
  expect: { timeout: 30_000 },
  workers: 1,
  fullyParallel: false,
  reporter: [['list']],
  use: { baseURL: kBaseUrl, launchOptions: kBrowser, actionTimeout: 30_000, trace: 'retain-on-failure' },
  projects: [
    {
      name: 'phone',
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
    { name: 'wide', use: { viewport: { width: 1280, height: 800 } } },
  ],
});
