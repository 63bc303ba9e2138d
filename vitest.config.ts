import { defineConfig } from 'vitest/config';

/** They put something else in the place of modules, clocks or globals, watch over processes, or have failed beside others: each by itself. */
const alone = [
  'test/process/**/*.test.ts',
  'test/drivers/clock.test.ts',
  'test/drivers/whole-file.test.ts',
  'test/gateway/outputs.test.ts',
  'test/gateway/voice/programme.test.ts',
  'test/panel/page-connection.test.ts',
  'test/panel/page-sound.test.ts',
];

/** Against programs that are not ours, boxes with everything wrong at once, processes that are watched for long: `npm run test:long`, which CI runs each time. */
const long = [
  'test/process/foreign-units.test.ts',
  'test/process/foreign-late.test.ts',
  'test/process/bad-luck.test.ts',
  'test/process/stalled-reader.test.ts',
  'test/process/loudspeaker.test.ts',
  'test/process/sim-alone.test.ts',
  'test/process/all-uplinks.test.ts',
  'test/hardware-sim/pty-process.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['test/build-once.ts'],
    // For computers that do other things besides: no test is that slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One more than the two cores of CI: process tests wait for most of their time.
    maxWorkers: 3,
    restoreMocks: true,
    unstubGlobals: true,
    projects: [
      { extends: true, test: { name: 'alone', include: alone, exclude: long } },
      { extends: true, test: { name: 'long', include: long } },
      // Modules are loaded once for all files of a worker: that halves the CPU of the whole suite.
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: [...alone, ...long], isolate: false },
      },
    ],
  },
});
