/** Faults that want the same switch: the strongest has it, of equals the newest; when the last is over it is as it was at first. */

interface Held {
  readonly value: unknown;
  readonly strength: number;
}

interface Switch {
  readonly rest: unknown;
  readonly held: Held[];
}

const switches = new WeakMap<object, Map<string, Switch>>();

/** Sets it until the answer is called. `rest`: how it is when nobody holds it. */
export function holdBy<V>(
  owner: object,
  name: string,
  rest: V,
  set: (value: V) => void,
  value: V,
  strength = 0,
): () => void {
  const own = switches.get(owner) ?? new Map<string, Switch>();
  switches.set(owner, own);
  const found = own.get(name) ?? { rest, held: [] };
  own.set(name, found);
  const mine = { value, strength };
  found.held.push(mine);
  if (strongest(found.held) === mine) set(value);
  return () => {
    const before = strongest(found.held);
    const at = found.held.indexOf(mine);
    if (at < 0) return;
    found.held.splice(at, 1);
    const next = strongest(found.held);
    if (next === undefined) own.delete(name);
    if (next !== before) set((next === undefined ? found.rest : next.value) as V);
  };
}

/** Of equals the newest. */
function strongest(held: readonly Held[]): Held | undefined {
  return held.reduce<Held | undefined>(
    (best, each) => (best === undefined || each.strength >= best.strength ? each : best),
    undefined,
  );
}

/** The same for a property. */
export function hold<T extends object, K extends keyof T & string>(
  owner: T,
  key: K,
  value: T[K],
  strength = 0,
): () => void {
  const set = (to: T[K]): void => {
    owner[key] = to;
  };
  return holdBy(owner, key, owner[key], set, value, strength);
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
