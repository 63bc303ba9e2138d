import { dirname, posix, relative } from 'node:path';

/**
 * What lies beside a module (profiles, codecs, the files that threads begin with) is found by the module's place. A bundled module keeps
 * the place it has in the unbundled build.
 */
export function ownPlaces(root) {
  return {
    name: 'gengfu:own-places',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(root) || id.includes('/node_modules/') || !code.includes('import.meta.')) return null;
      const place = relative(root, id).replace(/\.ts$/, '.js');
      // The source map stays right by lines, and by columns up to the word.
      const kept = code
        .replaceAll('import.meta.url', `ownPlaceUrl(${JSON.stringify(place)})`)
        .replaceAll('import.meta.filename', `ownPlacePath(${JSON.stringify(place)})`)
        .replaceAll('import.meta.dirname', `ownPlacePath(${JSON.stringify(posix.dirname(place))})`);
      return { code: kept, map: null };
    },
    renderChunk(code, { fileName }) {
      if (!/ownPlace(?:Url|Path)\(/.test(code)) return null;
      const to = (place) => JSON.stringify(posix.relative(dirname(fileName), place));
      const placed = code
        .replaceAll(/ownPlaceUrl\("([^"]+)"\)/g, (_, place) => `new URL(${to(place)}, import.meta.url).href`)
        .replaceAll(
          /ownPlacePath\("([^"]+)"\)/g,
          (_, place) => `process.getBuiltinModule("node:path").join(import.meta.dirname, ${to(place)})`,
        );
      return { code: placed, map: null };
    },
  };
}
