import { expect, test } from 'vitest';
import { isModbus } from '../../../config/profile-kind.js';
import { type MoveIo, move } from '../../../gateway/cli/wire/move.js';
import type { WireOptions } from '../../../gateway/cli/wire/place-options.js';
import { read, watch } from '../../../gateway/cli/wire/read.js';
import { write } from '../../../gateway/cli/wire/write.js';
import { BareLine } from '../../../gateway/wire/bare-line.js';
import type { WireAnswer, WireRequest } from '../../../gateway/wire/wire-request.js';
import { ByteWire } from '../../../hardware-sim/byte-wire.js';
import { corrupted, silent } from '../../../hardware-sim/modbus/mischief.js';
import { makeModel } from '../../../hardware-sim/modbus/models.js';
import { MovableUnit } from '../../../hardware-sim/modbus/movable-unit.js';
import { unitMoves } from '../../../hardware-sim/modbus/unit-moves.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { buildVillage } from '../../../hardware-sim/village.js';
import { profiles } from '../../config/rig.js';
import { seeded } from '../../drivers/rig.js';
import { device, townConfig } from '../village-rig.js';

const site = { config: 'config/examples/ancient-town.yaml', lang: 'en' } as const;

interface Told {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

async function verbRig() {
  const clock = new SimClock();
  const config = await townConfig();
  const village = buildVillage(config, clock);
  /** A unit by itself on a tty without a site file. */
  const bare = new ByteWire({ clock, baud: 9600, bitsPerChar: 10, path: '/dev/ttyUSB9' });
  const gauge = new MovableUnit({
    ...{ address: 17, baud: 9600, model: makeModel('renke-th', clock) },
    ...{ moves: unitMoves['renke-th'] ?? { counts: 'after-reply' }, wireBaud: () => 9600 },
  });
  bare.attach(gauge);
  const asked: string[] = [];
  const state = {
    says: true as boolean | null,
    gateway: (_request: WireRequest): WireAnswer | 'nobody' => 'nobody',
    hold: 'held' as 'held' | 'taken',
  };
  const run = async (verb: (io: MoveIo) => Promise<number>, isJson = false): Promise<Told> => {
    let out = '';
    let err = '';
    const { says } = state;
    const io: MoveIo = {
      ...{ lang: 'en', isJson, clock, user: 'mei', interrupted: () => new Promise<void>(() => undefined) },
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      confirm:
        says === null
          ? null
          : async (question) => {
              asked.push(question);
              return says;
            },
      askGateway: async (_dataDir, request) => state.gateway(request),
      load: async () => ({ ok: true, config }),
      hold: async () => state.hold,
      make: (line) =>
        new BareLine({
          ...{ config: line, clock, random: seeded(5) },
          open: village.opens.get(line.id) ?? bare.open,
        }),
      profileOf: async (id) => {
        const profile = profiles.profiles.get(id);
        return profile !== undefined && isModbus(profile) ? profile : null;
      },
    };
    let exit: number | null = null;
    void verb(io).then((told) => {
      exit = told;
    });
    await clock.until(() => exit !== null, 300_000, 20);
    return { exit: exit ?? -1, out, err };
  };
  return { clock, village, gauge, asked, state, run };
}

test('read: a device by its name, a register by its place, and nobody there is exit 5', async () => {
  const { run, village } = await verbRig();
  const named = await run((io) => read(['smoke-1', 'pool-level'], { ...site }, io));
  expect(named).toMatchObject({
    exit: 0,
    out: expect.stringMatching(/smoke-1\/smoke .*normal[\s\S]*pool-level\/value .* m /),
  });
  const raw: WireOptions = { ...site, line: 'pool', unit: 1, table: 'holding', addr: 2, count: 3 };
  const told = await run((io) => read([], raw, io), true);
  expect(JSON.parse(told.out)).toMatchObject({ ok: true, rows: [{ address: 2, raw: 16 }, { raw: 2 }, { address: 4 }] });
  expect(await run((io) => read([], { ...raw, unit: 99 }, io))).toMatchObject({ exit: 5 });
  village.switchUnit(device('smoke-2'), false);
  expect(await run((io) => read(['smoke-2'], { ...site }, io))).toMatchObject({
    exit: 5,
    out: expect.stringContaining('bad: no answer'),
  });
  expect(await run((io) => read(['smoke-99'], { ...site }, io))).toMatchObject({ exit: 2 });
  expect(await run((io) => read([], { ...site, line: 'east' }, io))).toMatchObject({ exit: 2 });
});

test('a folder that another one holds is exit 3, and the line is not touched', async () => {
  const { run, state } = await verbRig();
  state.hold = 'taken';
  expect(await run((io) => read(['smoke-1'], { ...site }, io))).toMatchObject({ exit: 3, out: '' });
});

test('watch tells a change when it comes, and every reading in JSON', async () => {
  const { run, village, clock } = await verbRig();
  const options = { ...site, line: 'east', unit: 1, addr: 0x10, for: 5000 };
  clock.after(2500, () => village.units.get(device('smoke-1'))?.model.setRaw('holding', 0x10, 1));
  const told = await run((io) => watch([], options, io));
  expect(
    told.out
      .trim()
      .split('\n')
      .map((text) => text[0]),
  ).toEqual(['0', '*']);
  const json = await run((io) => watch([], { ...options, for: 2000 }, io), true);
  expect(json.out.trim().split('\n').length).toBe(3);
});

test('write: shows what it will do, asks, and reads back; no is no', async () => {
  const { run, asked, state } = await verbRig();
  const options = { ...site, line: 'east', unit: 30, table: 'coil', addr: 3, value: 1 } as const;
  state.says = false;
  expect(await run((io) => write([], options, io))).toMatchObject({
    exit: 1,
    err: expect.stringContaining('nothing'),
  });
  expect(asked[0]).toMatch(/it sounds.*hall relays.*coil 0x0003: 0 → 1/);
  state.says = true;
  expect(await run((io) => write([], options, io))).toMatchObject({
    exit: 0,
    out: expect.stringContaining('0 → 1'),
  });
  // A script is not asked: what sounds wants more than yes.
  state.says = null;
  const off = { ...options, value: 0 };
  expect(await run((io) => write([], { ...off, yes: true }, io))).toMatchObject({ exit: 1 });
  expect(await run((io) => write([], off, io))).toMatchObject({ exit: 1 });
  expect(await run((io) => write([], { ...off, yes: true, iKnow: true }, io))).toMatchObject({ exit: 0 });
});

test('write --setup writes what differs and nothing else', async () => {
  const { run, village, asked } = await verbRig();
  const unit = village.units.get(device('io-1'));
  unit?.model.write('holding', 0xfd, 1);
  expect(await run((io) => write(['io-1'], { ...site, setup: true }, io))).toMatchObject({ exit: 0 });
  expect(asked).toEqual([expect.stringMatching(/holding 0x00FD: 1 → 0 .*linked/)]);
  expect(unit?.model.read('holding', 0xfd)).toBe(0);
  const again = await run((io) => write(['io-1'], { ...site, setup: true }, io));
  expect(again).toMatchObject({ exit: 0, out: expect.stringContaining('nothing was written') });
});

test('one lost answer is no dead unit: settings are read, written and proven all the same', async () => {
  const { run, village } = await verbRig();
  const unit = village.units.get(device('io-1'));
  if (unit === undefined) throw new Error('io-1');
  unit.model.write('holding', 0xfd, 1);
  let asked = 0;
  // Every second answer goes astray, garbled or not there at all.
  unit.mischief = (exchange) => {
    asked += 1;
    if (asked % 2 === 0) return [{ afterMs: 0, bytes: exchange.reply }];
    return asked % 4 === 1 ? silent(exchange) : corrupted(2)(exchange);
  };
  const told = await run((io) => write(['io-1'], { ...site, setup: true }, io));
  expect(told).toMatchObject({ exit: 0, out: expect.stringContaining('written, and it shows') });
  unit.mischief = silent;
  expect(await run((io) => write(['io-1'], { ...site, setup: true }, io))).toMatchObject({ exit: 5 });
});

test('address: a lone unit whose address nobody knows is asked for it, and moved', async () => {
  const { run, gauge, asked } = await verbRig();
  const options = { ...site, port: '/dev/ttyUSB9', profile: 'renke-th', to: 5 } as const;
  expect(await run((io) => move('address', 'any', options, io))).toMatchObject({ exit: 1 });
  const told = await run((io) => move('address', 'any', { ...options, alone: true }, io));
  expect(told).toMatchObject({ exit: 0, out: expect.stringContaining('address 5 now') });
  expect(asked).toEqual([expect.stringMatching(/address 17 → address 5/)]);
  expect(gauge.address).toBe(5);
  expect(await run((io) => move('address', '17', options, io))).toMatchObject({ exit: 1 });
});

test('address: not while a gateway runs, not to an address of the site file, not of a model without a way', async () => {
  const { run, state } = await verbRig();
  const at = (name: string, to: number) => run((io) => move('address', name, { ...site, to }, io));
  expect(await at('pool-level', 2)).toMatchObject({ exit: 1, err: expect.stringContaining('hydrant-pressure') });
  expect(await at('io-1', 21)).toMatchObject({ exit: 1, err: expect.stringContaining('DIP') });
  expect(await at('nobody', 3)).toMatchObject({ exit: 2 });
  state.gateway = () => ({ wire: 'points', points: [], unknown: ['-'] });
  expect(await at('pool-level', 3)).toMatchObject({
    exit: 3,
    err: expect.stringMatching(/^a gateway runs.*systemctl stop/),
  });
  // Both reasons at once: nobody stops a gateway for nothing.
  expect(await at('io-1', 21)).toMatchObject({ exit: 1, err: expect.stringMatching(/DIP.*systemctl stop/) });
});
