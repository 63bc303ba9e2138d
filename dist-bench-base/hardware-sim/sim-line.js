import { ByteWire } from './byte-wire.js';
import { MbapGateway } from './net/mbap-gateway.js';
import { MbapServer } from './net/mbap-server.js';
import { SimNetwork } from './net/sim-network.js';
import { WireServer } from './net/wire-server.js';
import { bitsPerChar } from './wire-timing.js';
/** Serial servers leave their factory so. */
const usualFormat = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 };
export function makeLine(config, clock, chunkBytes) {
    const wireOf = (format, path) => new ByteWire({ clock, baud: format.baud, bitsPerChar: bitsPerChar(format), chunkBytes, path });
    if (config.transport === 'serial')
        return serialLine(wireOf(config.format, config.path));
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
function serialLine(wire) {
    return {
        wire,
        network: null,
        open: wire.open,
        attach: (unit) => wire.attach(unit),
        setCut: (isCut) => wire.setCut(isCut),
    };
}
function networkLine(wire, home, server, where, clock) {
    const network = new SimNetwork({ clock, server, where });
    return {
        wire,
        network,
        open: network.open,
        attach: (unit) => home.attach(unit),
        setCut: (isCut) => network.setCut(isCut),
    };
}
