import { beforeEach, describe, expect, it } from 'vitest';
import { brandId, type OutputId, type PointId } from '../../config/ids.js';
import type { PointConfig, StreamConfig } from '../../config/site.js';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';
import { bytes, hex } from './bytes.js';
import { SimMaster } from './sim-master.js';
import { format9600, line, register, smallSite, tcpLine, unit } from './small-site.js';

const point = (id: string) => brandId<PointId>(id);
const output = (id: string) => brandId<OutputId>(id);

let clock: SimClock;
let village: Village;
let east: SimMaster;

function masterOf(line: string): SimMaster {
  const wire = village.wires.get(brandId(line));
  if (wire === undefined) throw new Error(`no line ${line}`);
  return new SimMaster(wire, clock);
}

beforeEach(() => {
  clock = new SimClock();
  village = buildVillage(smallSite(), clock);
  east = masterOf('east');
});

describe('a quiet day', () => {
  it('has every contact and pin at its normal state and every output off', async () => {
    expect(await east.ask('01 03 00 10 00 01 85 CF')).toBe('01 03 02 00 00 B8 44');
    expect(await east.ask('02 03 00 83 00 01 75 D1')).toBe('02 03 02 00 01 3D 84');
    expect(village.board.level(4)).toBe(true);
    for (const { id } of village.config.outputs) expect(village.outputIsOn(id)).toBe(false);
  });

  it('has modules set up by an installer: a contact switches no output by itself', () => {
    village.setPoint(point('io-1/di3'), 'open');
    village.setPoint(point('io-1/di3'), 'closed');
    expect(village.units.get(brandId('io-1'))?.model.relays?.isOn(2)).toBe(false);
  });

  it('has them as the factory made them when asked', () => {
    village = buildVillage(smallSite(), clock, { isCommissioned: false });
    const relays = village.units.get(brandId('io-1'))?.model.relays;
    expect(relays?.isOn(2)).toBe(false);
    village.setPoint(point('io-1/di3'), 'open');
    village.setPoint(point('io-1/di3'), 'closed');
    expect(relays?.isOn(2)).toBe(true);
  });
});

describe('what happens in a village', () => {
  it('smoke reaches the register of the detector', async () => {
    village.setPoint(point('smoke-1/smoke'), 'alarm');
    expect(await east.ask('01 03 00 10 00 01 85 CF')).toBe('01 03 02 00 01 79 84');
  });

  it('a key moves its pin', () => {
    village.setPoint(point('key/reset'), 'pressed');
    expect(village.board.level(4)).toBe(false);
  });

  it('a number is set in its physical unit', async () => {
    const pressure = register('pump/pressure', 'smoke-1', 0x10, { scale: 0.01 });
    village = buildVillage(smallSite({ points: [pressure] }), clock);
    village.setPoint(pressure.id, 0.8);
    expect(await masterOf('east').ask('01 03 00 10 00 01 85 CF')).toBe('01 03 02 00 50 B8 78');
  });

  it('a state or point that the site does not have is refused with what there is', () => {
    expect(() => village.setPoint(point('smoke-1/smoke'), 'purple')).toThrow(/purple.*normal, alarm/);
    expect(() => village.setPoint(point('smoke-9/smoke'), 'alarm')).toThrow(/smoke-9/);
    expect(() => village.cutLine(brandId('north'), true)).toThrow(/north/);
  });

  it('a cut line and a unit without supply do not answer', async () => {
    village.cutLine(brandId('east'), true);
    expect(await east.ask('01 03 00 10 00 01 85 CF')).toBe('');
    village.cutLine(brandId('east'), false);
    village.switchUnit(brandId('smoke-1'), false);
    expect(await east.ask('01 03 00 10 00 01 85 CF')).toBe('');
    village.switchUnit(brandId('smoke-1'), true);
    expect(await east.ask('01 03 00 10 00 01 85 CF')).toBe('01 03 02 00 00 B8 44');
  });
});

describe('outputs', () => {
  it('are seen where they sound, with their time, whichever way they are driven', async () => {
    const seen: unknown[] = [];
    const cancel = village.onOutputChange((...change) => seen.push(change));
    village.board.openOutput(17, true).set(true);
    masterOf('west').write('03 05 00 00 FF 00 8D D8');
    east.write('02 06 00 01 01 00 D9 A9');
    await clock.advance(100);
    expect(seen).toEqual([
      ['siren-hall', true, 0],
      ['siren-west', true, expect.closeTo((8 * 10 + 3.5 * 11) / 9.6, 6)],
      ['siren-east', true, expect.closeTo((8 * 10 + 3.5 * 11) / 9.6, 6)],
    ]);
    cancel();
    village.switchUnit(brandId('relay-1'), false);
    expect(village.outputIsOn(output('siren-west'))).toBe(false);
    expect(village.outputIsOn(output('siren-east'))).toBe(true);
    expect(seen).toHaveLength(3);
  });

  it('on a board that outlives the village stay as they are', () => {
    const board = new SimPinBoard(clock);
    const first = buildVillage(smallSite(), clock, { board });
    board.drive(17, false);
    expect(first.outputIsOn(output('siren-hall'))).toBe(true);
    expect(buildVillage(smallSite(), clock, { board }).outputIsOn(output('siren-hall'))).toBe(true);
  });

  it('that name no relay of the module are refused when the village is built', () => {
    const [siren] = smallSite().outputs;
    if (siren?.target.kind !== 'unit') throw new Error('the rig has changed');
    const target = { ...siren.target, readBack: { table: 'coil' as const, address: 9, onRaw: 1 } };
    expect(() => buildVillage(smallSite({ outputs: [{ ...siren, target }] }), clock)).toThrow(/siren-west.*no relay/);
  });
});

it('a village has its wires under their paths too', () => {
  expect(village.wiresByPath.get('/dev/ttyWEST')).toBe(village.wires.get(brandId('west')));
});

it('noise on a line reaches its master', async () => {
  east.wire.inject(bytes('00 FF'));
  await clock.advance(10);
  expect(east.heard.map((each) => each.hex)).toEqual(['00 FF']);
});

describe('lines of every kind', () => {
  const panel: StreamConfig = {
    id: brandId('panel'),
    name: { zh: '主机', en: 'panel' },
    profileId: 'jbf-193k',
    line: brandId('west'),
    address: null,
    zone: null,
    place: null,
    codec: 'jbf-193k',
    codecOptions: {},
    silenceMs: 10_000,
    events: new Map(),
  };
  const panelFire: PointConfig = {
    ...register('panel/fire', 'panel', 0),
    severities: { normal: 'normal', alarm: 'fire' },
    source: {
      kind: 'stream',
      device: panel.id,
      signal: 'fire',
      object: null,
      rest: 'normal',
      scale: 1,
      offset: 0,
      validRange: null,
      maxStep: null,
    },
  };
  const lines = [
    tcpLine('net'),
    tcpLine('server', { transport: 'rtu_over_tcp', format: format9600 }),
    line('west', '/dev/w'),
  ];
  const units = [unit('a', 'generic-smoke-0010', 'net', 1), unit('b', 'generic-smoke-0010', 'server', 1)];
  const site = smallSite({
    lines,
    units,
    streams: [panel],
    points: [register('a/value', 'a', 0x10), register('b/value', 'b', 0x10), panelFire],
    outputs: [],
  });

  /** What comes back on a line that is opened as the gateway opens it. */
  async function ask(id: string, request: string, waitMs = 200): Promise<string> {
    const heard: string[] = [];
    const open = village.opens.get(brandId(id));
    if (open === undefined) throw new Error(`no line ${id}`);
    const opening = open({ onBytes: (raw) => heard.push(hex(raw)), onDown: () => undefined });
    await clock.advance(10);
    const link = await opening;
    if (request !== '') await link.write(bytes(request));
    await clock.advance(waitMs);
    await link.close();
    return heard.join(' ');
  }

  beforeEach(() => {
    village = buildVillage(site, clock);
  });

  it('are opened in their own way and show the same village', async () => {
    village.setPoint(point('a/value'), 1);
    village.setPoint(point('b/value'), 1);
    expect(await ask('net', '00 01 00 00 00 06 01 03 00 10 00 01')).toBe('00 01 00 00 00 05 01 03 02 00 01');
    expect(await ask('server', '01 03 00 10 00 01 85 CF')).toBe('01 03 02 00 01 79 84');
    expect([...village.wires.keys()]).toEqual(['west']);
    expect([...village.networks.keys()]).toEqual(['net', 'server']);
  });

  it('can be cut, whatever they are', async () => {
    village.cutLine(brandId('west'), true);
    expect(await ask('west', '', 3000)).toBe('');
    village.cutLine(brandId('west'), false);
    expect(await ask('west', '', 3000)).not.toBe('');
    village.cutLine(brandId('net'), true);
    const opening = ask('net', '');
    const refused = expect(opening).rejects.toMatchObject({ code: 'LINK-007' });
    await clock.advance(6000);
    await refused;
  });

  it('carry what a panel says by itself, word after word, and nothing without its supply', async () => {
    village.setPoint(point('panel/fire'), 'alarm');
    village.setPoint(point('panel/fire'), 'normal');
    village.setPoint(point('panel/fire'), 'alarm');
    const frames = (await ask('west', '', 900)).match(/82 (?:3. ){24}83/g);
    expect(frames?.map((frame) => frame.slice(3, 8))).toEqual(['38 30', '30 31', '38 30']);
    village.switchUnit(brandId('panel'), false);
    expect(await ask('west', '', 3000)).toBe('');
    expect(() => village.setPoint(point('panel/fire'), 'purple')).toThrow(/normal, alarm/);
    village.stop();
  });
});
