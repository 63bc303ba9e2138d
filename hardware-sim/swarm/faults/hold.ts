/** Faults that want the same switch: the newest has it, and when the last of them is over the switch is as it was at first. */

interface Switch {
  readonly rest: unknown;
  readonly held: { readonly value: unknown }[];
}

const switches = new WeakMap<object, Map<string, Switch>>();

/** Sets it until the answer is called. `rest`: how it is when nobody holds it. */
export function holdBy<V>(owner: object, name: string, rest: V, set: (value: V) => void, value: V): () => void {
  const own = switches.get(owner) ?? new Map<string, Switch>();
  switches.set(owner, own);
  const found = own.get(name) ?? { rest, held: [] };
  own.set(name, found);
  const mine = { value };
  found.held.push(mine);
  set(value);
  return () => {
    const at = found.held.indexOf(mine);
    if (at < 0) return;
    found.held.splice(at, 1);
    const newest = found.held.at(-1);
    if (newest === undefined) own.delete(name);
    if (at === found.held.length) set((newest === undefined ? found.rest : newest.value) as V);
  };
}

/** The same for a property. */
export function hold<T extends object, K extends keyof T & string>(owner: T, key: K, value: T[K]): () => void {
  const set = (to: T[K]): void => {
    owner[key] = to;
  };
  return holdBy(owner, key, owner[key], set, value);
}

/** Does it `ms` later, unless it was cancelled or everything has healed by then. */
export function later(
  world: { readonly clock: { after(ms: number, run: () => void): () => void }; readonly phase: string },
  ms: number,
  act: () => void,
): () => void {
  return world.clock.after(ms, () => {
    if (world.phase === 'safety') act();
  });
}
