import { dirname, join, posix, relative } from 'node:path';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, '../..');
const outside = ['better-sqlite3', 'koffi', 'onoff', '@serialport/bindings-cpp'];
const entries = [
  'gateway/cli/gengfu',
  'gateway/staging/check-worker',
  'sync/journal/sqlite-worker',
  'sync/journal/sqlite-checker',
  'sync/journal/reader/reader-worker',
  'drivers/stream/codecs/fusaier',
  'drivers/stream/codecs/jbf-193k',
  'drivers/stream/codecs/uart-ultrasonic',
];
const keepsPlaces = {
  name: 'gengfu:places',
  enforce: 'pre',
  transform(code, id) {
    if (!id.startsWith(root) || id.includes('node_modules') || !code.includes('import.meta.')) return null;
    const place = relative(root, id).replace(/\.ts$/, '.js');
    return code
      .replaceAll('import.meta.url', `__place_url__(${JSON.stringify(place)})`)
      .replaceAll('import.meta.filename', `__place_file__(${JSON.stringify(place)})`)
      .replaceAll('import.meta.dirname', `__place_file__(${JSON.stringify(posix.dirname(place))})`);
  },
  renderChunk(code, { fileName }) {
    if (!/__place_(url|file)__/.test(code)) return null;
    const to = (place) => JSON.stringify(posix.relative(dirname(fileName), place));
    return code
      .replaceAll(/__place_url__\("([^"]+)"\)/g, (_, place) => `new URL(${to(place)}, import.meta.url).href`)
      .replaceAll(/__place_file__\("([^"]+)"\)/g, (_, place) => `process.getBuiltinModule("node:path").join(import.meta.dirname, ${to(place)})`);
  },
};
export default defineConfig({
  root,
  logLevel: 'warn',
  plugins: [keepsPlaces],
  build: {
    ssr: true,
    outDir: join(root, 'dist'),
    emptyOutDir: false,
    copyPublicDir: false,
    target: 'node20',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(entries.map((e) => [e, `${e}.ts`])),
      external: outside,
      output: { entryFileNames: '[name].js', chunkFileNames: 'gateway/bundle/[name].js' },
    },
  },
  ssr: { noExternal: true, external: outside },
});
