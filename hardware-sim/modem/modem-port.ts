/** A simulated modem as a tty for `mockSerialBinding`: bytes take their time, both ways at once. */
import type { Clock } from '../../drivers/clock.js';
import { UartWire } from '../audio/uart-wire.js';
import type { TtyEnd } from '../mock-serial.js';
import type { SimAtModem } from './sim-at-modem.js';

const usualBaud = 115_200;

export function modemPort(modem: SimAtModem, clock: Clock, path: string, baud = usualBaud): TtyEnd {
  const wire = new UartWire({ clock, baud, path });
  wire.attach(modem);
  let sentMono = 0;
  return {
    ...{ path, firstPath: path, adapterId: 'SIMMODEM', speech: { baud } },
    get isPlugged() {
      return wire.isPlugged;
    },
    onMasterBytes: (listener) => wire.onMasterBytes((bytes) => listener(bytes, clock.mono())),
    onPlug: (listener) => wire.onPlug(listener),
    masterWrite: (bytes) => {
      sentMono = Math.max(sentMono, clock.mono()) + bytes.length * wire.charMs;
      wire.masterWrite(bytes);
    },
    sent: () => new Promise((resolve) => clock.exactly(Math.max(sentMono, clock.mono()), resolve)),
  };
}
