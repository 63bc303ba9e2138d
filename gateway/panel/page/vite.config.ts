import { join } from 'node:path';
import { defineConfig } from 'vite';

/** Preact without a preset: JSX is compiled by the builder itself. Everything is one page without outside resources. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: join(import.meta.dirname, '../../../dist/gateway/panel/page'),
    emptyOutDir: true,
    target: ['chrome87', 'firefox91', 'safari14'],
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
