/**
 * What the panel was told last, and what it is still to be told: at most one patch for each key, the newest. So what waits for a panel
 * that does not listen is never more than the state itself.
 */
import { isDeepStrictEqual } from 'node:util';
import { type PanelState, type Patch, type TableTopic, tableTopics } from '../api/state.js';

type Row<Topic extends TableTopic> = PanelState[Topic][string];

export class PanelTables {
  readonly #state: PanelState;
  readonly #waiting = new Map<string, Patch>();

  constructor(head: PanelState['head']) {
    this.#state = { head, shift: nobody, ...emptyTables() };
  }

  get isAnyWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** All of it, as it is now. The tables go on changing: whoever keeps it copies it. */
  get state(): PanelState {
    return this.#state;
  }

  /** What nobody has to be told any more, because all of it is told. */
  forget(): void {
    this.#waiting.clear();
  }

  /** Everything that has changed since the last call. */
  take(): readonly Patch[] {
    const patches = [...this.#waiting.values()];
    this.#waiting.clear();
    return patches;
  }

  /** `isDue`: told even when only its clocks have moved on. */
  head(value: PanelState['head'], isDue: boolean): void {
    const isChanged = !isDeepStrictEqual(timeless(value), timeless(this.#state.head));
    this.#state.head = value;
    if (isChanged || isDue) this.#waiting.set('head', { topic: 'head', value });
  }

  shift(value: PanelState['shift']): void {
    if (isDeepStrictEqual(value, this.#state.shift)) return;
    this.#state.shift = value;
    this.#waiting.set('shift', { topic: 'shift', value });
  }

  put<Topic extends TableTopic>(topic: Topic, key: string, value: Row<Topic>): void {
    const table = this.#state[topic] as Record<string, Row<Topic>>;
    if (isDeepStrictEqual(table[key], value)) return;
    table[key] = value;
    this.#wait(topic, key, value);
  }

  drop(topic: TableTopic, key: string): void {
    if (!(key in this.#state[topic])) return;
    delete this.#state[topic][key];
    this.#wait(topic, key, null);
  }

  /** The whole table is this now. */
  replace<Topic extends TableTopic>(topic: Topic, rows: Readonly<Record<string, Row<Topic>>>): void {
    for (const key of Object.keys(this.#state[topic])) if (!Object.hasOwn(rows, key)) this.drop(topic, key);
    for (const [key, row] of Object.entries(rows)) this.put(topic, key, row);
  }

  #wait<Topic extends TableTopic>(topic: Topic, key: string, value: Row<Topic> | null): void {
    // One of the union by its topic, which the compiler can not see through a type parameter.
    this.#waiting.set(`${topic} ${key}`, { topic, key, value } as Patch);
  }
}

const nobody: PanelState['shift'] = { person: null, sinceWall: null, note: null };

function timeless(head: PanelState['head']): PanelState['head'] {
  return { ...head, wall: 0, upMs: 0 };
}

/** Without a prototype: no name of a device is one of its keys already. */
function emptyTables(): Pick<PanelState, TableTopic> {
  return Object.fromEntries(tableTopics.map((topic) => [topic, Object.create(null)])) as Pick<PanelState, TableTopic>;
}
