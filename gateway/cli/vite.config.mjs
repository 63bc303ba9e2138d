import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';
import { asciiFiles } from './ascii-files.mjs';
import { ownPlaces } from './own-places.mjs';

const root = join(import.meta.dirname, '../..');

/** Found by where they lie, from other packages or by their name at run time. */
const outside = ['better-sqlite3', 'koffi', 'onoff', '@serialport/bindings-cpp'];

/** What node is started with, what threads are started with, and what is loaded by the name of its file. */
const codecs = 'drivers/stream/codecs';
const entries = [
  'gateway/cli/gengfu',
  'gateway/staging/check-worker',
  'sync/journal/sqlite-worker',
  'sync/journal/sqlite-checker',
  'sync/journal/reader/reader-worker',
  ...readdirSync(join(root, codecs)).map((file) => `${codecs}/${file.replace(/\.ts$/, '')}`),
];

/**
 * The program in few files instead of 650: no text of modules that is only comments and layout, nothing of packages that is not used. Each
 * entry takes the place of the file that tsc wrote there; what they share lies in `gateway/bundle/` (decision 0056).
 */
export default defineConfig({
  root,
  logLevel: 'warn',
  plugins: [ownPlaces(root), asciiFiles],
  build: {
    ssr: true,
    outDir: join(root, 'dist'),
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'node20',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
      external: outside,
      output: { entryFileNames: '[name].js', chunkFileNames: 'gateway/bundle/[name].js' },
    },
  },
  ssr: { noExternal: true, external: outside },
});
