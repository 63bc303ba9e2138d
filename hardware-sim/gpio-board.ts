import type { AfterProcessEnd } from '../config/vocabulary.js';
import type { Cancel, Clock } from '../drivers/clock.js';
import type { InputPin, OutputPin, PinBoard } from '../drivers/driver.js';
import { DriverError } from '../drivers/driver-error.js';

/** `high` = electrically high; `atMono` in ms of the clock. */
export type LevelListener = (pin: number, high: boolean, atMono: number) => void;

/** `missing`: can not be opened (PIN-002). `failing`: open, but reads and writes fail (PIN-003). */
export type PinFault = 'missing' | 'failing';

/** From a level's change until the process hears of the edge. */
const edgeMs = 1;

/**
 * A board with GPIO pins, as the world sees it. It outlives the gateway: levels stay when the gateway closes it, dies or
 * is thrown away, and the next gateway finds them. All pins are low at first.
 */
export class SimPinBoard implements PinBoard {
  readonly afterProcessEnd: AfterProcessEnd = 'holds';
  /** True: nobody hears of edges any more (a busy event loop loses short ones); levels can still be read. */
  losesEdges = false;
  readonly #levels = new Map<number, boolean>();
  readonly #stuck = new Map<number, boolean>();
  readonly #welded = new Map<number, boolean>();
  /** Inputs that are upside down for a moment, and what ends it. */
  readonly #glitches = new Map<number, Cancel>();
  readonly #faults = new Map<number, PinFault>();
  readonly #listeners = new Set<LevelListener>();
  readonly #contactListeners = new Set<LevelListener>();
  readonly #edges = new Map<number, Set<() => void>>();
  /** Pins opened before the last `close` belong to a process that is gone. */
  #life = 0;

  constructor(private readonly clock: Clock) {}

  openOutput(pin: number, activeLow: boolean): OutputPin {
    this.#assertThere(pin);
    const life = this.#life;
    return {
      set: (on) => {
        this.#assertUsable(pin, life);
        this.#move(pin, on !== activeLow);
      },
      read: () => {
        this.#assertUsable(pin, life);
        return this.level(pin) !== activeLow;
      },
    };
  }

  openInput(pin: number): InputPin {
    this.#assertThere(pin);
    const life = this.#life;
    return {
      read: () => {
        this.#assertUsable(pin, life);
        return this.level(pin);
      },
      onEdge: (moved) => {
        const listeners = this.#edges.get(pin) ?? new Set();
        this.#edges.set(pin, listeners.add(moved));
        return () => listeners.delete(moved);
      },
    };
  }

  close(): void {
    this.#life++;
    this.#edges.clear();
  }

  /** The electrical level: true = high. */
  level(pin: number): boolean {
    return this.#stuck.get(pin) ?? (this.#levels.get(pin) ?? false) !== this.#glitches.has(pin);
  }

  /** What hangs behind an output really gets, as an electrical level: the pin's, or that of a welded contact. */
  contact(pin: number): boolean {
    return this.#welded.get(pin) ?? this.level(pin);
  }

  /** The world moves an input. */
  drive(pin: number, high: boolean): void {
    this.#move(pin, high);
  }

  /** Tells every change of a level, whoever made it. */
  onChange(listener: LevelListener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells every change of a contact behind a pin. */
  onContact(listener: LevelListener): Cancel {
    this.#contactListeners.add(listener);
    return () => this.#contactListeners.delete(listener);
  }

  /** A pin that keeps this level whatever is asked (a burnt driver), and that says so when it is read; null = it follows again. */
  stick(pin: number, high: boolean | null): void {
    this.#change(pin, () => setOrDelete(this.#stuck, pin, high));
  }

  /** The contact that an output drives stays as with this level, whatever is ordered. The pin itself follows, so that its read-back
   * sees nothing of it; null = the contact follows again, at once. */
  weld(pin: number, high: boolean | null): void {
    this.#change(pin, () => setOrDelete(this.#welded, pin, high));
  }

  /** One pulse: for `ms` the level is the opposite of what the world drives, and follows it upside down. Another one while it lasts
   * takes its place: `ms` count anew, and there is no edge between the two. */
  glitch(pin: number, ms: number): void {
    this.#glitches.get(pin)?.();
    const cancel = this.clock.after(ms, () => this.#change(pin, () => this.#glitches.delete(pin)));
    this.#change(pin, () => this.#glitches.set(pin, cancel));
  }

  setFault(pin: number, fault: PinFault | null): void {
    setOrDelete(this.#faults, pin, fault);
  }

  #move(pin: number, high: boolean): void {
    this.#change(pin, () => this.#levels.set(pin, high));
  }

  #change(pin: number, act: () => void): void {
    const [before, contactBefore] = [this.level(pin), this.contact(pin)];
    act();
    const [high, contact, mono] = [this.level(pin), this.contact(pin), this.clock.mono()];
    if (contact !== contactBefore) for (const listener of this.#contactListeners) listener(pin, contact, mono);
    if (high === before) return;
    for (const listener of this.#listeners) listener(pin, high, mono);
    this.clock.after(edgeMs, () => {
      if (this.losesEdges) return;
      for (const moved of this.#edges.get(pin) ?? []) moved();
    });
  }

  #assertThere(pin: number): void {
    if (this.#faults.get(pin) === 'missing') throw new DriverError('PIN-002', `GPIO${pin}`, 'no such pin');
  }

  #assertUsable(pin: number, life: number): void {
    if (life !== this.#life) throw new DriverError('PIN-003', `GPIO${pin}`, 'the board was closed');
    if (this.#faults.has(pin)) throw new DriverError('PIN-003', `GPIO${pin}`, 'simulated fault');
  }
}

function setOrDelete<V>(map: Map<number, V>, pin: number, value: V | null): void {
  if (value === null) map.delete(pin);
  else map.set(pin, value);
}
