import { defineConfig } from '@playwright/test';
import base from '../playwright.config';

export default defineConfig({ ...base, testDir: 'screens', timeout: 300_000, use: { ...base.use, actionTimeout: 20_000 } });
