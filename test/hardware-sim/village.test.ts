import { beforeEach, describe, expect, it } from 'vitest';
import { brandId, type OutputId, type PointId } from '../../config/ids.js';
import type { PointConfig } from '../../config/site.js';
import { SimPinBoard } from '../../hardware-sim/gpio-board.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';
import { bytes } from './bytes.js';
import { SimMaster } from './sim-master.js';
import { smallSite } from './small-site.js';

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
    const pressure = numberPoint();
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
      ['siren-west', true, expect.closeTo(11.5 * (10 / 9.6), 6)],
      ['siren-east', true, expect.closeTo(11.5 * (10 / 9.6), 6)],
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

function numberPoint(): PointConfig {
  const [smoke] = smallSite().points;
  if (smoke?.source.kind !== 'register') throw new Error('the rig has changed');
  return {
    ...smoke,
    id: brandId('pump/pressure'),
    role: 'water.pressure',
    severities: {},
    source: { ...smoke.source, states: null, scale: 0.01 },
  };
}
