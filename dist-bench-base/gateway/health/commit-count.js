/** Calls of a store that end in an fsync. */
const committing = new Set(['append', 'savePositions']);
/** The same store, with its commits counted: each one is an fsync, and some pages of the card. */
export function countCommits(store) {
    let commits = 0;
    const counted = new Proxy(store, {
        get(target, name) {
            const found = Reflect.get(target, name, target);
            if (typeof found !== 'function')
                return found;
            if (!committing.has(name))
                return found.bind(target);
            return async (...all) => {
                const answer = await Reflect.apply(found, target, all);
                commits += 1;
                return answer;
            };
        },
    });
    return { store: counted, commits: () => commits };
}
