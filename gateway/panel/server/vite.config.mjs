import { join } from 'node:path';
import { defineConfig } from 'vite';
import { asciiFiles } from '../../cli/ascii-files.mjs';

const root = join(import.meta.dirname, '../../..');

/**
 * The panel's thread as one file: what of the web framework is not used is left out, and a thread that loads one file instead of
 * some hundred needs less memory. Native modules stay outside; so do files that are started by their place.
 */
export default defineConfig({
  root,
  logLevel: 'warn',
  plugins: [asciiFiles],
  build: {
    ssr: 'gateway/panel/server/thread.ts',
    outDir: join(root, 'dist/gateway/panel/server'),
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'node20',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      external: ['better-sqlite3', 'koffi'],
      output: { entryFileNames: 'thread.js', codeSplitting: false },
    },
  },
  ssr: { noExternal: true, external: ['better-sqlite3', 'koffi'] },
});
