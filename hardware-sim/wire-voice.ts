import type { Clock } from '../drivers/clock.js';
import type { ByteWire } from './byte-wire.js';

/** What a device's transmitter keeps while it is still sending; a device that says more loses it. */
const unsentMaxBytes = 4096;

/** The transmitter of a device that speaks by itself: what it says follows what it is still sending. */
export function voiceOn(wire: ByteWire, clock: Clock): (bytes: Uint8Array) => void {
  let freeMono = Number.NEGATIVE_INFINITY;
  return (bytes) => {
    const startMono = Math.max(clock.mono(), freeMono);
    if (startMono - clock.mono() > unsentMaxBytes * wire.timing.charMs) return;
    freeMono = startMono + bytes.length * wire.timing.charMs;
    clock.exactly(startMono, () => wire.say(bytes));
  };
}
