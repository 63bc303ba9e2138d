import { defineConfig } from 'vitest/config';

/** The pictures of the panel's README are taken anew, instead of walking. */
const takesPictures = process.env['GENGFU_PICTURES'] === '1';

export default defineConfig({
  test: {
    root: new URL('../../..', import.meta.url).pathname,
    include: [takesPictures ? 'test/panel/pictures.ts' : 'test/panel/walk/*.walk.ts'],
    globalSetup: ['test/build-once.ts'],
    // A browser and a village, each of several processes, on computers that do other things besides.
    testTimeout: 600_000,
    hookTimeout: 150_000,
    maxWorkers: 2,
  },
});
