/**
 * A map that never changes once it was handed out, and whose next version costs one entry instead of a copy of all. Pure to
 * whoever looks at it. Of a chain of versions the newest holds the entries; each older one knows what was changed after it, and
 * becomes a map of its own when somebody reads it.
 */
export class VersionedMap<Key, Value> implements ReadonlyMap<Key, Value> {
  /** Null: a newer version has them. */
  #entries: Map<Key, Value> | null;
  #later: Later<Key, Value> | null = null;

  private constructor(entries: Map<Key, Value>) {
    this.#entries = entries;
  }

  /** The same entries; a copy of all, unless it is such a map already. */
  static of<Key, Value>(map: ReadonlyMap<Key, Value>): VersionedMap<Key, Value> {
    return map instanceof VersionedMap ? map : new VersionedMap(new Map(map));
  }

  with(key: Key, value: Value): VersionedMap<Key, Value> {
    return this.#next(key, (entries) => entries.set(key, value));
  }

  without(key: Key): VersionedMap<Key, Value> {
    return this.has(key) ? this.#next(key, (entries) => entries.delete(key)) : this;
  }

  get size(): number {
    return this.#own().size;
  }

  get(key: Key): Value | undefined {
    return this.#own().get(key);
  }

  has(key: Key): boolean {
    return this.#own().has(key);
  }

  forEach(run: (value: Value, key: Key, map: ReadonlyMap<Key, Value>) => void): void {
    for (const [key, value] of this) run(value, key, this);
  }

  // Walks go over a copy: a newer version may be made in the middle of one.
  entries(): MapIterator<[Key, Value]> {
    return new Map(this.#own()).entries();
  }

  keys(): MapIterator<Key> {
    return new Map(this.#own()).keys();
  }

  values(): MapIterator<Value> {
    return new Map(this.#own()).values();
  }

  [Symbol.iterator](): MapIterator<[Key, Value]> {
    return this.entries();
  }

  #next(key: Key, change: (entries: Map<Key, Value>) => void): VersionedMap<Key, Value> {
    const entries = this.#own();
    const had = entries.has(key) ? ([entries.get(key) as Value] as const) : null;
    change(entries);
    const next = new VersionedMap(entries);
    this.#later = { next, key, had };
    this.#entries = null;
    return next;
  }

  #own(): Map<Key, Value> {
    if (this.#entries !== null) return this.#entries;
    const undo: Later<Key, Value>[] = [];
    let version: VersionedMap<Key, Value> = this;
    for (let later = version.#later; later !== null; later = version.#later) {
      undo.push(later);
      version = later.next;
    }
    const entries = new Map(version.#entries);
    for (const { key, had } of undo.reverse()) {
      if (had === null) entries.delete(key);
      else entries.set(key, had[0]);
    }
    this.#entries = entries;
    this.#later = null;
    return entries;
  }
}

/** What a newer version changed, and what stood there before: null for nothing. */
interface Later<Key, Value> {
  readonly next: VersionedMap<Key, Value>;
  readonly key: Key;
  readonly had: readonly [Value] | null;
}
