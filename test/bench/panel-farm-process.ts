/** The 500 devices of `panel-village.ts` on Modbus TCP. Prints the ports of the lines; an order on standard input is `fire N` or `out N`,
 * N: the n-th smoke detector; it is answered with `ok`. What is measured moves all the time, as mains, cables and water do. */
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { Chance } from '../../hardware-sim/chance.js';
import { type Kind, relayUnit, villageLines } from './panel-village.js';

const headerBytes = 12;
const chance = new Chance('panel farm');
let relays = 0;
const burning = new Set<string>();
/** Detectors in the order of the village. */
const detectors = villageLines.flatMap((kinds, line) =>
  kinds.flatMap((kind, at) => (kind === 'smoke' ? `${line} ${at + 1}` : [])),
);

const around = (middle: number, share: number): number => middle * (1 + share * (chance.next() - 0.5));

/** Meters: float registers by their address. */
const meterMiddle: Readonly<Record<number, number>> = { 0: 228, 6: 4.2, 12: 900, 18: 950, 24: 120, 30: 0.95, 70: 50 };
const breakerMiddle: Readonly<Record<number, number>> = { 5: 35, 6: 31, 7: 33, 8: 228, 9: 420, 11: 900 };
/** As their labels say: 1.6 MPa and 5 m, with two decimals. */
const gauges = { pressure: [1, 3, 9, 2, 0, 0, 160], tank: [1, 3, 16, 2, 0, 0, 500] } as const;
const gaugeMiddle = { pressure: 35, tank: 310 } as const;

function fill(reply: Buffer, kind: Kind, unit: string, code: number, address: number, count: number): void {
  const put = (at: number, value: number): void => void reply.writeUInt16BE(Math.round(value) & 0xffff, 9 + 2 * at);
  if (kind === 'meter' && code === 4) {
    for (let at = 0; at + 1 < count; at += 2) {
      const middle = meterMiddle[address + at] ?? 1234.5;
      // Counters stand for most of the time.
      reply.writeFloatBE(address + at > 70 ? middle : Number(around(middle, 0.03).toFixed(2)), 9 + 2 * at);
    }
    return;
  }
  for (let at = 0; at < count; at++) {
    const register = address + at;
    switch (kind) {
      case 'smoke':
        put(at, burning.has(unit) ? 1 : 0);
        break;
      case 'breaker':
        put(at, code === 3 ? 300 : register === 0 ? 0x00f0 : around(breakerMiddle[register] ?? 0, 0.05));
        break;
      case 'pressure':
      case 'tank':
        put(at, register === 4 ? around(gaugeMiddle[kind], 0.1) : (gauges[kind][register] ?? 0));
        break;
      case 'climate':
        put(at, register === 0 ? around(650, 0.02) : around(180, 0.02));
        break;
      case 'meter':
        put(at, 1);
    }
  }
}

/** Eight relays: what was ordered is what they are. */
function relayReply(request: Buffer, code: number): Buffer {
  const address = request.readUInt16BE(8);
  if (code >= 5) {
    if (code === 5 && request[10] === 0xff) relays |= 1 << address;
    else if (code === 5) relays &= ~(1 << address);
    return Buffer.from(request.subarray(0, headerBytes));
  }
  const reply = Buffer.alloc(10);
  request.copy(reply, 0, 0, 8);
  reply.writeUInt16BE(4, 4);
  reply[8] = 1;
  reply[9] = relays >> address;
  return reply;
}

function replyTo(request: Buffer, line: number): Buffer {
  const [unit = 0, code = 0] = [request[6], request[7]];
  if (unit === relayUnit) return relayReply(request, code);
  if (code >= 5) return Buffer.from(request.subarray(0, headerBytes));
  const [address, count] = [request.readUInt16BE(8), request.readUInt16BE(10)];
  const reply = Buffer.alloc(9 + 2 * count);
  request.copy(reply, 0, 0, 8);
  reply.writeUInt16BE(3 + 2 * count, 4);
  reply[8] = 2 * count;
  const kind = villageLines[line]?.[unit - 1];
  if (kind !== undefined) fill(reply, kind, `${line} ${unit}`, code, address, count);
  return reply;
}

function listen(line: number): Promise<number> {
  const server = createServer((socket) => {
    let rest: Buffer = Buffer.alloc(0);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (; rest.length >= headerBytes; rest = rest.subarray(headerBytes)) socket.write(replyTo(rest, line));
    });
  });
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    }),
  );
}

const ports = await Promise.all(villageLines.map((_, line) => listen(line)));
process.stdout.write(`${JSON.stringify(ports)}\n`);
const input = createInterface({ input: process.stdin });
input.on('line', (order) => {
  const [what, n] = order.split(' ');
  const unit = detectors[Number(n) - 1] ?? '';
  if (what === 'fire') burning.add(unit);
  else burning.delete(unit);
  process.stdout.write('ok\n');
});
input.on('close', () => process.exit(0));
