import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/desktop/**'],
    testTimeout: 60_000,
    // two processors: more workers would only take memory from the engine's
    maxWorkers: 2,
  },
});
