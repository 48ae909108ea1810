import { defineConfig } from 'playwright/test';
import { browserArguments } from '../browser.js';

export default defineConfig({
  testDir: '.',
  testMatch: '*.e2e.ts',
  workers: 1,
  timeout: 90_000,
  outputDir: '../../test-results',
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: {
    launchOptions: {
      executablePath: process.env.DRIFTGLASS_BROWSER ?? '/usr/bin/chromium',
      args: browserArguments,
    },
  },
});
