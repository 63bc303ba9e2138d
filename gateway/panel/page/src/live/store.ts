/** One value that several parts of the page look at; whoever subscribed hears of every change. */
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Store<Value> {
  get(): Value;
  set(next: Value): void;
  /** The answer ends it. */
  subscribe(listener: () => void): () => void;
}

export function makeStore<Value>(first: Value): Store<Value> {
  const listeners = new Set<() => void>();
  let value = first;
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What `pick` takes out of it; drawn again only when that is another value. `pick` must not make new objects. */
export function useStore<Value, Picked>(store: Store<Value>, pick: (value: Value) => Picked): Picked {
  const [, draw] = useState(0);
  const picked = pick(store.get());
  const drawn = useRef({ pick, picked });
  drawn.current = { pick, picked };
  useEffect(() => {
    const look = (): void => {
      if (!Object.is(drawn.current.pick(store.get()), drawn.current.picked)) draw((count) => count + 1);
    };
    look();
    return store.subscribe(look);
  }, [store]);
  return picked;
}
