import type { DeviceId } from '../config/ids.js';
import type { OutputConfig } from '../config/site.js';
import type { Cancel } from '../drivers/clock.js';
import type { SimPinBoard } from './gpio-board.js';
import type { RelayBank } from './modbus/relay-bank.js';
import type { SimUnit } from './modbus/sim-unit.js';

/** The real thing behind an output: a relay's contact, or the one behind a pin. `atMono` in ms of the clock. */
export interface OutputSwitch {
  isOn(): boolean;
  onChange(listener: (on: boolean, atMono: number) => void): Cancel;
}

/** Throws RangeError when the unit has no relay where the output is read back. */
export function findSwitch(
  output: OutputConfig,
  unitOf: (device: DeviceId) => SimUnit,
  board: SimPinBoard,
): OutputSwitch {
  const { target } = output;
  if (target.kind === 'pin') return pinSwitch(board, target.pin, target.activeLow);
  const { model } = unitOf(target.device);
  const { table, address, onRaw } = target.readBack;
  const relay = model.relayAt(table, address);
  if (relay === null || model.relays === null) {
    throw new RangeError(`output ${output.id}: ${target.device} has no relay at ${table} ${address}`);
  }
  return relaySwitch(model.relays, relay, onRaw !== 0);
}

function pinSwitch(board: SimPinBoard, pin: number, activeLow: boolean): OutputSwitch {
  return {
    isOn: () => board.contact(pin) !== activeLow,
    onChange: (listener) =>
      board.onContact((moved, high, atMono) => {
        if (moved === pin) listener(high !== activeLow, atMono);
      }),
  };
}

function relaySwitch(relays: RelayBank, relay: number, closedIsOn: boolean): OutputSwitch {
  return {
    isOn: () => relays.contactIsClosed(relay) === closedIsOn,
    onChange: (listener) =>
      relays.onChange((moved, closed, atMono) => {
        if (moved === relay) listener(closed === closedIsOn, atMono);
      }),
  };
}
