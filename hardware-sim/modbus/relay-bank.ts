import type { Cancel, Clock } from '../../drivers/clock.js';

/** `index` from 0. `closed` = the contact that switches the siren; `atMono` in ms of the clock. */
export type ContactListener = (index: number, closed: boolean, atMono: number) => void;

/**
 * The relays of a module, with the module's own timers. What the module believes (`isOn`, what it reads back) and
 * what the contact does (`contactIsClosed`, what sounds) are two things: a welded contact can not be read back.
 */
export class RelayBank {
  readonly #isOn: boolean[];
  readonly #welded: (boolean | null)[];
  readonly #told: boolean[];
  readonly #timers: (Cancel | null)[];
  readonly #listeners = new Set<ContactListener>();

  constructor(
    readonly size: number,
    private readonly clock: Clock,
  ) {
    this.#isOn = new Array<boolean>(size).fill(false);
    this.#welded = new Array<boolean | null>(size).fill(null);
    this.#told = new Array<boolean>(size).fill(false);
    this.#timers = new Array<Cancel | null>(size).fill(null);
  }

  isOn(index: number): boolean {
    return this.#isOn[index] ?? false;
  }

  contactIsClosed(index: number): boolean {
    return this.#welded[index] ?? this.isOn(index);
  }

  /** Sets a relay; a running timer of it ends. */
  set(index: number, on: boolean): void {
    this.#timers[index]?.();
    this.#timers[index] = null;
    this.#isOn[index] = on;
    this.#tell(index);
  }

  setAll(on: boolean): void {
    for (let index = 0; index < this.size; index++) this.set(index, on);
  }

  toggle(index: number): void {
    this.set(index, !this.isOn(index));
  }

  /** `on` for `forMs`, then the opposite, by the module itself. */
  setFor(index: number, on: boolean, forMs: number): void {
    this.set(index, on);
    this.#timers[index] = this.clock.after(forMs, () => this.set(index, !on));
  }

  /** A contact that no longer moves; null = it moves again. */
  weld(index: number, closed: boolean | null): void {
    this.#welded[index] = closed;
    this.#tell(index);
  }

  /** Tells every movement of a contact. */
  onChange(listener: ContactListener): Cancel {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(index: number): void {
    const closed = this.contactIsClosed(index);
    if (this.#told[index] === closed) return;
    this.#told[index] = closed;
    for (const listener of this.#listeners) listener(index, closed, this.clock.mono());
  }
}
