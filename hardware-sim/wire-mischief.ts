/** Trouble that belongs to a line and not to one unit: noise, a second master, a twin address, a unit with a loose supply. Each
 * goes on until it is cancelled. */
import type { Cancel, Clock } from '../drivers/clock.js';
import type { ByteWire } from './byte-wire.js';
import { SimUnit } from './modbus/sim-unit.js';
import { rtuFrame } from './modbus/unit-codec.js';
import { wordBytes } from './modbus/unit-pdu.js';

/** 0 ≤ r < 1, seeded. */
type Random = () => number;

/** Runs again and again, `everyMs` apart, beginning after the first such time. */
export function repeat(clock: Clock, everyMs: () => number, run: () => void): Cancel {
  let cancel: Cancel;
  const next = (): void => {
    cancel = clock.after(everyMs(), () => {
      run();
      next();
    });
  };
  next();
  return () => cancel();
}

/** Bursts of random bytes, 1 to `maxBytes` long, on average `everyMs` apart. */
export function noiseBursts(
  wire: ByteWire,
  clock: Clock,
  { everyMs, maxBytes, random }: { readonly everyMs: number; readonly maxBytes: number; readonly random: Random },
): Cancel {
  return repeat(
    clock,
    () => everyMs * (0.5 + random()),
    () => {
      const length = 1 + Math.floor(random() * maxBytes);
      wire.inject(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
    },
  );
}

/** Somebody else's computer on the same pair: asks a unit for one holding register every so often, and does not look first
 * whether the line is free. */
export function secondMaster(
  wire: ByteWire,
  clock: Clock,
  { everyMs, unit, address }: { readonly everyMs: number; readonly unit: number; readonly address: number },
): Cancel {
  const request = rtuFrame(unit, [3, ...wordBytes(address), ...wordBytes(1)]);
  return repeat(
    clock,
    () => everyMs,
    () => wire.injectRequest(request),
  );
}

/** A second unit with the address of the first; a few ms slower, so that its answer follows or falls into the other's. */
export function addTwin(wire: ByteWire, first: SimUnit, laterMs: number): SimUnit {
  const { address, model } = first;
  const twin = new SimUnit({ address, model, turnaroundMs: first.turnaroundMs + laterMs });
  wire.attach(twin);
  return twin;
}

/** A unit with a loose supply: on for `onMs`, off for `offMs`. It has its supply when this is cancelled. */
export function flapping(
  unit: SimUnit,
  clock: Clock,
  { onMs, offMs }: { readonly onMs: number; readonly offMs: number },
): Cancel {
  const cancel = repeat(
    clock,
    () => (unit.on ? onMs : offMs),
    () => {
      unit.on = !unit.on;
    },
  );
  return () => {
    cancel();
    unit.on = true;
  };
}
