/** A module that can be given another address or another rate, as its paper says, and that forgets what it was not told to keep. */
import type { Table } from '../../config/site.js';
import type { Speech } from '../speech.js';
import { SimUnit, type Utterance } from './sim-unit.js';
import type { ExceptionCode } from './unit-codec.js';
import type { UnitModel, UnitSettings } from './unit-model.js';
import type { UnitMoves } from './unit-moves.js';

interface Place {
  readonly address: number;
  readonly baud: number;
}

export interface MovableUnitOptions {
  readonly address: number;
  readonly baud: number;
  readonly model: UnitModel;
  readonly moves: UnitMoves;
  /** At which rate the line is spoken on now. */
  readonly wireBaud: () => number;
  readonly turnaroundMs?: number;
  /** Parity that it speaks with. Left out: its wire does not tell speeds apart, and `wireBaud` alone does. */
  readonly parity?: Speech['parity'];
}

export class MovableUnit extends SimUnit {
  readonly #model: PlacedModel;
  readonly #wireBaud: () => number;
  readonly #universal: number | undefined;
  readonly #parity: Speech['parity'] | undefined;

  constructor({ address, baud, model, moves, wireBaud, parity, ...others }: MovableUnitOptions) {
    const placed = new PlacedModel(model, moves, { address, baud });
    super({ ...others, address, model: placed });
    this.#model = placed;
    this.#wireBaud = wireBaud;
    this.#universal = moves.universal;
    this.#parity = parity;
  }

  override get speech(): Speech | null {
    return this.#parity === undefined ? null : { baud: this.baud, parity: this.#parity };
  }

  /** The rate at which it hears now. */
  get baud(): number {
    return this.#model.now.baud;
  }

  override hear(frame: Uint8Array): readonly Utterance[] {
    // At another rate there are only broken characters.
    if (this.#wireBaud() !== this.baud) return [];
    // A power cut may have brought an earlier one back.
    this.address = this.#model.now.address;
    if (frame[0] === this.#universal && this.#universal !== undefined) this.address = this.#universal;
    const said = super.hear(frame);
    this.#model.replied();
    this.address = this.#model.now.address;
    return said;
  }
}

/** The module's own registers, with those of its place on top. */
class PlacedModel implements UnitModel {
  readonly functions: ReadonlySet<number>;
  readonly relays: UnitModel['relays'];
  readonly maxRead?: number;
  readonly universalAddress?: number;
  readonly refuse?: NonNullable<UnitModel['refuse']>;
  now: Place;
  #next: Place;
  #kept: Place;
  #codes = new Map<number, number>();

  constructor(
    private readonly inner: UnitModel,
    private readonly moves: UnitMoves,
    place: Place,
  ) {
    this.functions = new Set([...inner.functions, 3, ...(inner.functions.has(16) ? [] : [6])]);
    this.relays = inner.relays;
    if (inner.maxRead !== undefined) this.maxRead = inner.maxRead;
    if (inner.universalAddress !== undefined) this.universalAddress = inner.universalAddress;
    const refuse = inner.refuse?.bind(inner);
    if (refuse !== undefined) this.refuse = refuse;
    this.now = place;
    this.#next = place;
    this.#kept = place;
    const { addressAt, baudAt, baudOf = {} } = moves;
    if (addressAt !== undefined) this.#codes.set(addressAt, place.address);
    const code = Object.entries(baudOf).find(([, baud]) => baud === place.baud)?.[0];
    if (baudAt !== undefined && code !== undefined) this.#codes.set(baudAt, Number(code));
  }

  /** What was ordered counts from here on, unless it waits for the supply. */
  replied(): void {
    if (this.moves.counts === 'after-reply') this.now = this.#next;
  }

  read(table: Table, address: number): number | null {
    return (table === 'holding' ? this.#codes.get(address) : undefined) ?? this.inner.read(table, address);
  }

  write(table: 'coil' | 'holding', address: number, raw: number): ExceptionCode | null {
    const { addressAt, baudAt, baudOf, saveAt } = this.moves;
    if (table === 'holding' && address === saveAt) this.#kept = this.#next;
    if (table !== 'holding' || (address !== addressAt && address !== baudAt)) {
      return this.inner.write(table, address, raw);
    }
    const baud = address === baudAt ? baudOf?.[raw] : this.#next.baud;
    if (baud === undefined || (address === addressAt && (raw < 1 || raw > 247))) return 3;
    this.#next = { address: address === addressAt ? raw : this.#next.address, baud };
    this.#codes.set(address, raw);
    if (saveAt === undefined) this.#kept = this.#next;
    return null;
  }

  setPower(on: boolean): void {
    this.inner.setPower(on);
    if (on) return;
    this.now = this.#kept;
    this.#next = this.#kept;
  }

  setRaw(table: Table, address: number, raw: number): void {
    this.inner.setRaw(table, address, raw);
  }

  relayAt(table: Table, address: number): number | null {
    return this.inner.relayAt(table, address);
  }

  place(settings: UnitSettings): void {
    this.inner.place?.(settings);
  }

  commission(): void {
    this.inner.commission();
  }
}
