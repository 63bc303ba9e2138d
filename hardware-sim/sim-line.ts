import type { LineConfig, SerialFormat } from '../config/site.js';
import type { Clock } from '../drivers/clock.js';
import type { OpenByteLink } from '../drivers/driver.js';
import { ByteWire } from './byte-wire.js';
import type { SimUnit } from './modbus/sim-unit.js';
import { MbapGateway } from './net/mbap-gateway.js';
import { MbapServer } from './net/mbap-server.js';
import { SimNetwork } from './net/sim-network.js';
import type { SimServer } from './net/sim-server.js';
import { WireServer } from './net/wire-server.js';
import { bitsPerChar } from './wire-timing.js';

/** One line of a site, whatever it is reached by. */
export interface SimLine {
  /** The pair of wires, also where a server stands in front of it; null for units that sit on the network themselves. */
  readonly wire: ByteWire | null;
  /** Null for a serial line. */
  readonly network: SimNetwork | null;
  readonly open: OpenByteLink;
  attach(unit: SimUnit): void;
  /** Cuts what leads from the gateway to the line: the pair itself, or the network cable of its server. */
  setCut(isCut: boolean): void;
}

/** Serial servers leave their factory so. */
const usualFormat: SerialFormat = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

export function makeLine(config: LineConfig, clock: Clock, chunkBytes: number | 'whole'): SimLine {
  const wireOf = (format: SerialFormat, path: string): ByteWire =>
    new ByteWire({
      ...{ clock, baud: format.baud, bitsPerChar: bitsPerChar(format), parity: format.parity },
      ...{ chunkBytes, path },
    });
  if (config.transport === 'serial') return serialLine(wireOf(config.format, config.path));
  const where = `${config.host}:${config.port}`;
  if (config.transport === 'rtu_over_tcp') {
    const wire = wireOf(config.format ?? usualFormat, where);
    return networkLine(wire, wire, new WireServer(wire, clock), where, clock);
  }
  if (config.format !== null) {
    const wire = wireOf(config.format, where);
    return networkLine(wire, wire, new MbapGateway(wire, clock), where, clock);
  }
  const server = new MbapServer(clock);
  return networkLine(null, server, server, where, clock);
}

function serialLine(wire: ByteWire): SimLine {
  return {
    wire,
    network: null,
    open: wire.open,
    attach: (unit) => wire.attach(unit),
    setCut: (isCut) => wire.setCut(isCut),
  };
}

function networkLine(
  wire: ByteWire | null,
  home: { attach(unit: SimUnit): void },
  server: SimServer,
  where: string,
  clock: Clock,
): SimLine {
  const network = new SimNetwork({ clock, server, where });
  return {
    wire,
    network,
    open: network.open,
    attach: (unit) => home.attach(unit),
    setCut: (isCut) => network.setCut(isCut),
  };
}
