/** Line of the site file → LineConfig, with the defaults of its transport. */
import assert from 'node:assert/strict';
import { brandId } from './ids.js';
import { lineFormat } from './line-format.js';
import { nameOf } from './resolve-words.js';
/** Port of Modbus TCP (IANA: mbap). */
const modbusTcpPort = 502;
/** `protocol` is what its devices speak. */
export function resolveLine(line, protocol) {
    const common = {
        id: brandId(line.id),
        name: nameOf(line.id, line.name),
        protocol,
        timeoutMs: line.timeout_ms,
        quarantineMs: line.quarantine_ms,
        fireDeadlineMs: line.fire_deadline_ms,
    };
    const format = lineFormat(line);
    if (line.transport === 'serial') {
        assert(line.path !== undefined && format !== null, `path of ${line.id} was checked`);
        return { ...common, transport: 'serial', path: line.path, format, rs485: rs485Of(line) };
    }
    const port = line.port ?? (line.transport === 'tcp' ? modbusTcpPort : undefined);
    assert(line.host !== undefined && port !== undefined, `host and port of ${line.id} were checked`);
    return { ...common, transport: line.transport, host: line.host, port, format, inFlight: line.in_flight ?? 1 };
}
function rs485Of({ rs485 }) {
    if (rs485 === undefined)
        return null;
    return {
        mode: rs485.mode,
        rtsOnSend: rs485.rts_on_send,
        delayBeforeMs: rs485.delay_before_ms,
        delayAfterMs: rs485.delay_after_ms,
        receivesOwn: rs485.receives_own,
    };
}
