import type { Store } from '../../sync/journal/store.js';

/** Calls of a store that end in an fsync. */
const committing: ReadonlySet<string | symbol> = new Set(['append', 'savePositions']);

/** The same store, with its commits counted: each one is an fsync, and some pages of the card. */
export function countCommits(store: Store): { readonly store: Store; readonly commits: () => number } {
  let commits = 0;
  const counted = new Proxy(store, {
    get(target, name) {
      const found: unknown = Reflect.get(target, name, target);
      if (typeof found !== 'function') return found;
      if (!committing.has(name)) return found.bind(target) as unknown;
      return async (...all: unknown[]): Promise<unknown> => {
        const answer: unknown = await Reflect.apply(found, target, all);
        commits += 1;
        return answer;
      };
    },
  });
  return { store: counted, commits: () => commits };
}
