/** The simulated network: connections, what ends them, and the servers behind. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { ByteLink } from '../../drivers/driver.js';
import type { DriverError } from '../../drivers/driver-error.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { GenericSmoke } from '../../hardware-sim/modbus/generic-smoke.js';
import * as broken from '../../hardware-sim/modbus/mbap-mischief.js';
import * as mischief from '../../hardware-sim/modbus/mischief.js';
import { type Mischief, SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { MbapGateway } from '../../hardware-sim/net/mbap-gateway.js';
import { MbapServer } from '../../hardware-sim/net/mbap-server.js';
import { SimNetwork } from '../../hardware-sim/net/sim-network.js';
import type { SimServer } from '../../hardware-sim/net/sim-server.js';
import { WireServer } from '../../hardware-sim/net/wire-server.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes, hex } from './bytes.js';

const ask = (transaction: number, unit = 1, address = '00 10'): string =>
  `00 0${transaction} 00 00 00 06 0${unit} 03 ${address} 00 01`;
const answer = (transaction: number, unit = 1): string => `00 0${transaction} 00 00 00 05 0${unit} 03 02 00 00`;

let clock: SimClock;
let network: SimNetwork;

/** One life of a connection, as the gateway would hold it. */
class Client {
  readonly heard: string[] = [];
  readonly atMono: number[] = [];
  readonly downs: (string | null)[] = [];

  private constructor(readonly link: ByteLink) {}

  static async connect(): Promise<Client> {
    const seen: { client: Client | null } = { client: null };
    const opening = network.open({
      onBytes: (raw, atMono) => {
        seen.client?.heard.push(hex(raw));
        seen.client?.atMono.push(atMono);
      },
      onDown: (error) => seen.client?.downs.push(error.got),
    });
    await clock.advance(10);
    seen.client = new Client(await opening);
    return seen.client;
  }

  async ask(request: string, waitMs = 200): Promise<string> {
    const from = this.heard.length;
    await this.link.write(bytes(request));
    await clock.advance(waitMs);
    return this.heard.slice(from).join(' | ');
  }
}

async function failure(waitMs = 10): Promise<Partial<DriverError>> {
  const opening = network.open({ onBytes: () => undefined, onDown: () => undefined }).then(
    () => ({}),
    (error: DriverError) => ({ code: error.code, where: error.where }),
  );
  await clock.advance(waitMs);
  return opening;
}

function serve(server: SimServer): void {
  network = new SimNetwork({ clock, server, where: '192.0.2.7:502', latencyMs: 2 });
}

describe('units on the network', () => {
  let units: SimUnit[];

  beforeEach(() => {
    clock = new SimClock();
    const server = new MbapServer(clock);
    units = [1, 2].map((address) => new SimUnit({ address, model: new GenericSmoke(), turnaroundMs: 10 }));
    for (const unit of units) server.attach(unit);
    serve(server);
  });

  const first = (): SimUnit => units[0] as SimUnit;

  it('answer with the number of the request, after both ways and the turnaround', async () => {
    const client = await Client.connect();
    const askedMono = clock.mono();
    expect(await client.ask(ask(7))).toBe(answer(7));
    expect(client.atMono).toEqual([askedMono + 2 + 10 + 2]);
  });

  it('refuse as on a serial line: the same models, another envelope', async () => {
    const client = await Client.connect();
    expect(await client.ask(ask(1, 1, '00 11'))).toBe('00 01 00 00 00 03 01 83 02');
    expect(await client.ask('00 02 00 00 00 02 01 42')).toBe('00 02 00 00 00 03 01 C2 01');
    expect(await client.ask(ask(3, 9))).toBe('');
  });

  it('read requests cut anywhere, and several in one piece', async () => {
    const client = await Client.connect();
    await client.link.write(bytes(ask(1).slice(0, 11)));
    expect(await client.ask(`${ask(1).slice(12)} ${ask(2)}`)).toBe(`${answer(1)} | ${answer(2)}`);
  });

  it('overtake one another when one is slower', async () => {
    const client = await Client.connect();
    first().mischief = mischief.late(50);
    expect(await client.ask(`${ask(1)} ${ask(2, 2)}`)).toBe(`${answer(2, 2)} | ${answer(1)}`);
  });

  const tricks: readonly [string, Mischief, string][] = [
    ['another transaction', broken.wrongTransaction(), answer(2)],
    ['another protocol', broken.wrongProtocol(), '00 01 00 01 00 05 01 03 02 00 00'],
    ['a lying length', broken.lyingLength(3), '00 01 00 00 00 08 01 03 02 00 00'],
    ['another unit', broken.wrongUnit(2), answer(1, 2)],
    ['nothing', mischief.silent, ''],
    ['the same twice', mischief.doubled(20), `${answer(1)} | ${answer(1)}`],
    ['a part', mischief.truncated(3), '00 01 00 00 00 05 01 03'],
  ];

  it.each(tricks)('can answer with %s', async (_, trick, heard) => {
    first().mischief = trick;
    const client = await Client.connect();
    expect(await client.ask(ask(1))).toBe(heard);
  });

  it.each(['16 03 01 02 00 01 00 01', '00 01 00 00 00 FF 01', '00 01 00 00 00 00 01'])(
    'hang up on what is no Modbus TCP: %s',
    async (hostile) => {
      const client = await Client.connect();
      expect(await client.ask(hostile)).toBe('');
      expect(client.downs).toEqual(['closed by the other side']);
      expect(client.link.isOpen).toBe(false);
    },
  );

  describe('and the way to them', () => {
    it('can be refused, unanswered or unknown', async () => {
      network.door = 'refuse';
      expect(await failure()).toEqual({ code: 'LINK-008', where: '192.0.2.7:502' });
      network.door = 'unknown-name';
      expect(await failure()).toMatchObject({ code: 'LINK-009' });
      network.door = 'ignore';
      expect(await failure(5000)).toMatchObject({ code: 'LINK-007' });
    });

    it('has room for so many clients, and for the next one when one has left', async () => {
      network.connectionsMax = 1;
      const client = await Client.connect();
      expect(await failure()).toMatchObject({ code: 'LINK-008' });
      await client.link.close();
      expect(await (await Client.connect()).ask(ask(1))).toBe(answer(1));
    });

    it('ends in order after what was already sent, and by a reset', async () => {
      const client = await Client.connect();
      await client.link.write(bytes(ask(1)));
      await clock.advance(12);
      network.endConnections();
      await clock.advance(10);
      expect(client.heard).toEqual([answer(1)]);
      expect(client.downs).toEqual(['closed by the other side']);
      await expect(client.link.write(bytes(ask(2)))).rejects.toMatchObject({ code: 'LINK-005' });
      const next = await Client.connect();
      network.resetConnections();
      await clock.advance(10);
      expect(next.downs).toEqual(['ECONNRESET']);
    });

    it('half open takes every byte and gives none, for good; the next connection is sound', async () => {
      const client = await Client.connect();
      network.halfOpen();
      expect(await client.ask(ask(1), 60_000)).toBe('');
      expect(client.downs).toEqual([]);
      expect(await (await Client.connect()).ask(ask(2))).toBe(answer(2));
    });

    it('half open in one direction: the server does not hear, but its end is heard', async () => {
      const client = await Client.connect();
      network.halfOpen('requests');
      expect(await client.ask(ask(1))).toBe('');
      network.endConnections();
      await clock.advance(10);
      expect(client.downs).toEqual(['closed by the other side']);
      expect(await (await Client.connect()).ask(ask(2))).toBe(answer(2));
    });

    it('half open in the other: orders take effect, no answer comes and no end is told; it keeps its place', async () => {
      network.connectionsMax = 1;
      const client = await Client.connect();
      let asked = 0;
      first().mischief = (reply) => {
        asked++;
        return mischief.late(0)(reply);
      };
      network.halfOpen('answers');
      expect(await client.ask(ask(1))).toBe('');
      expect(asked).toBe(1);
      expect(await failure()).toMatchObject({ code: 'LINK-008' });
      network.resetConnections();
      await clock.advance(60_000);
      expect([client.downs, client.heard]).toEqual([[], []]);
    });

    it('reset in the middle of an answer, once', async () => {
      const client = await Client.connect();
      network.resetInAnswer(5);
      expect(await client.ask(ask(1))).toBe('00 01 00 00 00');
      expect(client.downs).toEqual(['ECONNRESET']);
      expect(await (await Client.connect()).ask(ask(2))).toBe(answer(2));
    });

    it('delays each further segment, in order with the next answer', async () => {
      const client = await Client.connect();
      network.segments = { everyBytes: 6, gapMs: 150 };
      const askedMono = clock.mono();
      expect(await client.ask(`${ask(1)} ${ask(2, 2)}`, 500)).toBe(
        '00 01 00 00 00 05 | 01 03 02 00 00 | 00 02 00 00 00 05 | 02 03 02 00 00',
      );
      expect(client.atMono.map((mono) => mono - askedMono)).toEqual([14, 164, 165, 315]);
    });

    it('cut is silent, and mended it resets whoever still speaks', async () => {
      const client = await Client.connect();
      network.setCut(true);
      expect(await client.ask(ask(1))).toBe('');
      expect(await failure(5000)).toMatchObject({ code: 'LINK-007' });
      network.setCut(false);
      expect(await client.ask(ask(2))).toBe('');
      expect(client.downs).toEqual(['ECONNRESET']);
      expect(await (await Client.connect()).ask(ask(3))).toBe(answer(3));
    });

    it('stalled keeps the bytes and gives them all when it goes on; what it can not keep is refused', async () => {
      const client = await Client.connect();
      network.setStalled(true);
      expect(await client.ask(`${ask(1)} ${ask(2, 2)}`)).toBe('');
      await expect(client.link.write(new Uint8Array(20_000))).rejects.toMatchObject({ code: 'LINK-006' });
      network.setStalled(false);
      await clock.advance(100);
      expect(client.heard).toEqual([answer(1), answer(2, 2)]);
    });

    it('a stall ends for those whom the server has forgotten in it, too: they are reset', async () => {
      const client = await Client.connect();
      network.setStalled(true);
      network.setCut(true);
      network.setCut(false);
      expect(await client.ask(ask(1))).toBe('');
      expect([client.downs, network.connectionCount]).toEqual([[], 0]);
      network.setStalled(false);
      expect(await client.ask(ask(2))).toBe('');
      expect(client.downs).toEqual(['ECONNRESET']);
    });

    it('splits and joins answers', async () => {
      const client = await Client.connect();
      network.segments = { everyBytes: 4 };
      expect(await client.ask(ask(1))).toBe('00 01 00 00 | 00 05 01 03 | 02 00 00');
      network.segments = { joinedOverMs: 30 };
      expect(await client.ask(`${ask(1)} ${ask(2, 2)}`)).toBe(`${answer(1)} ${answer(2, 2)}`);
    });
  });
});

describe('a server in front of a pair of wires', () => {
  let wire: ByteWire;
  let unit: SimUnit;

  beforeEach(() => {
    clock = new SimClock();
    wire = new ByteWire({ clock, baud: 9600, bitsPerChar: 10 });
    unit = new SimUnit({ address: 1, model: new GenericSmoke(), turnaroundMs: 10 });
    wire.attach(unit);
  });

  it('passes RTU frames through, at the pace of the wire', async () => {
    serve(new WireServer(wire, clock));
    const client = await Client.connect();
    const askedMono = clock.mono();
    expect(await client.ask('01 03 00 10 00 01 85 CF')).toBe('01 03 02 00 00 B8 44');
    expect(client.atMono[0]).toBeCloseTo(askedMono + 2 + (15 * 10) / 9.6 + 10 + 2, 6);
  });

  it('loses what the wire can not take, and goes on', async () => {
    const server = new WireServer(wire, clock);
    serve(server);
    const client = await Client.connect();
    await client.ask('00 '.repeat(4999).concat('00'), 2000);
    expect(server.lostBytes).toBe(5000 - 1024);
    expect(await client.ask('01 03 00 10 00 01 85 CF')).toBe('01 03 02 00 00 B8 44');
  });

  it('turns Modbus TCP into RTU, one request after another, and breaks no silence', async () => {
    serve(new MbapGateway(wire, clock));
    const client = await Client.connect();
    expect(await client.ask(`${ask(1)} ${ask(2)} ${ask(3, 1, '00 11')}`)).toBe(
      `${answer(1)} | ${answer(2)} | 00 03 00 00 00 03 01 83 02`,
    );
    expect(wire.counters).toMatchObject({ requests: 3, silenceViolations: 0, collisions: 0 });
  });

  it('says which unit does not answer (0B) and that it is busy (06)', async () => {
    serve(new MbapGateway(wire, clock));
    unit.on = false;
    const client = await Client.connect();
    expect(await client.ask(ask(1), 1100)).toBe('00 01 00 00 00 03 01 83 0B');
    await client.link.write(bytes(Array.from({ length: 40 }, () => ask(2)).join(' ')));
    await clock.advance(10);
    expect(client.heard.slice(1)).toEqual(new Array(7).fill('00 02 00 00 00 03 01 83 06'));
  });
});
