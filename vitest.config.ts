import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/build-once.ts'],
    // For computers that do other things besides: no test is that slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than the two cores of CI: process tests wait for most of their time.
    maxWorkers: 3,
  },
});
