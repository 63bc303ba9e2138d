/** `gengfu find` on the virtual clock: what it finds, what it makes of trouble, and that it only ever reads. */
import { describe, expect, it } from 'vitest';
import type { LineId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { UnitConfig } from '../../config/site.js';
import { exitOf, search } from '../../gateway/survey/search.js';
import { estimateMs, makePlan, type PlanOptions } from '../../gateway/survey/search-plan.js';
import type { Survey, SurveyFormat, SurveyUnit } from '../../gateway/survey/survey.js';
import { ByteWire } from '../../hardware-sim/byte-wire.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { makeModel } from '../../hardware-sim/modbus/models.js';
import { SimUnit, type SimUnitOptions } from '../../hardware-sim/modbus/sim-unit.js';
import { parseRequest } from '../../hardware-sim/modbus/unit-codec.js';
import { noRelays, type UnitModel } from '../../hardware-sim/modbus/unit-model.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { Speech } from '../../hardware-sim/speech.js';
import { buildVillage } from '../../hardware-sim/village.js';
import { addTwin, noiseBursts } from '../../hardware-sim/wire-mischief.js';
import { profiles } from '../config/rig.js';
import { seeded } from '../drivers/rig.js';

const library = [...profiles.profiles.values()];
const at9600: SurveyFormat = { baud: 9600, parity: 'none', stopBits: 1 };
const upTo = (last: number): readonly number[] => Array.from({ length: last }, (_, i) => i + 1);

type Plan = Omit<PlanOptions, 'profiles' | 'transport'>;

/** Searches wires; the clock runs until it is over. `asked` = every request that left, as the wire itself heard it. */
async function searchWires(
  clock: SimClock,
  wires: readonly ByteWire[],
  plan: Plan,
  isOver: () => boolean = () => false,
): Promise<{ readonly survey: Survey; readonly asked: readonly number[] }> {
  const asked: number[] = [];
  for (const wire of wires) {
    wire.attachTalker({
      hear: (frame) => {
        const request = parseRequest(frame);
        if (request === null) throw new Error('the search sent something that is no request');
        asked.push(request.kind === 'unknown' || request.kind === 'read' ? request.fc : -1);
      },
    });
  }
  const searching = search({
    clock,
    profiles: library,
    isOver,
    lines: wires.map((wire) => ({
      at: { kind: 'serial', path: wire.path },
      adapter: null,
      plan: makePlan({ profiles: library, transport: 'serial', ...plan }),
      open: (format) => wire.openAt(format),
    })),
  });
  let survey: Survey | null = null;
  void searching.then((each) => {
    survey = each;
  });
  await clock.until(() => survey !== null, 3_600_000, 1000);
  return { survey: await searching, asked };
}

function pair(clock: SimClock): ByteWire {
  return new ByteWire({ clock, baud: 9600, bitsPerChar: 10, path: '/dev/pair' });
}

function hang(wire: ByteWire, clock: SimClock, profile: string, options: Omit<SimUnitOptions, 'model'>): SimUnit {
  const unit = new SimUnit({ ...options, model: makeModel(profile, clock) });
  wire.attach(unit);
  return unit;
}

const quick = (): SimClock => new SimClock(undefined, undefined, { settle: 'ticks' });
const unitsOf = ({ lines }: Survey): readonly SurveyUnit[] => lines.flatMap(({ units }) => units);
const firstOf = (unit: SurveyUnit | undefined): string => unit?.candidates[0]?.profile ?? 'nothing';

describe('find', () => {
  it('finds all 24 units of the ancient town, at mixed speeds on one pair, and only reads', async () => {
    const loaded = await loadConfig('config/examples/ancient-town.yaml', knownParts);
    if (!loaded.ok) throw new Error('the example is broken');
    const { config } = loaded;
    const speeds: readonly Speech[] = [
      { baud: 9600, parity: 'none' },
      { baud: 4800, parity: 'none' },
      { baud: 19_200, parity: 'even' },
    ];
    const onPairs = config.units.filter(({ line }) => line === 'east' || line === 'west');
    const speechOf = (unit: UnitConfig): Speech | null => speeds[onPairs.indexOf(unit) % speeds.length] ?? null;
    const clock = quick();
    const village = buildVillage(config, clock, { speechOf });
    const wires = ['east', 'west'].map((id) => village.wires.get(id as LineId));
    const formats = speeds.map((speech) => ({ ...speech, stopBits: 1 as const }));
    const { survey, asked } = await searchWires(
      clock,
      wires.flatMap((wire) => wire ?? []),
      { formats, addresses: upTo(32) },
    );
    village.stop();
    const told = survey.lines.map(({ units }) => units.map((unit) => [unit.address, unit.format?.baud, firstOf(unit)]));
    const wanted = ['east', 'west'].map((id) =>
      onPairs
        .filter(({ line }) => line === id)
        .map((unit) => [unit.address, speechOf(unit)?.baud, unit.profileId])
        .sort(([a], [b]) => Number(a) - Number(b)),
    );
    expect(told).toEqual(wanted);
    expect(unitsOf(survey)).toHaveLength(24);
    expect(unitsOf(survey).flatMap(({ trouble }) => trouble ?? [])).toEqual([]);
    expect(survey.lines.flatMap(({ troubles }) => troubles)).toEqual([]);
    expect(survey.isWhole).toBe(true);
    expect(asked.length).toBeGreaterThan(200);
    expect(asked.filter((fc) => fc < 1 || fc > 4)).toEqual([]);
  });

  it('knows each model that the simulator has by its registers, and takes none for sure that is not', async () => {
    const clock = quick();
    const wire = pair(clock);
    const models = library
      .map(({ id }) => id)
      .filter((id) => {
        try {
          makeModel(id, clock);
          return id !== 'adam-4117';
        } catch {
          return false;
        }
      });
    for (const [i, id] of models.entries()) hang(wire, clock, id, { address: i + 1 });
    const { survey } = await searchWires(clock, [wire], { formats: [at9600], addresses: upTo(models.length + 2) });
    const units = unitsOf(survey);
    expect(units.map(({ address }) => address)).toEqual(upTo(models.length));
    const told = models.map((id, i) => [id, firstOf(units[i])]);
    // The IO 8CH has the map of the Relay (D): both are told, and neither is sure.
    const same = (id: string): string => (id === 'waveshare-io8' ? 'waveshare-relay-d' : id);
    expect(told.map(([id = '', first = '']) => [id, same(first)])).toEqual(models.map((id) => [id, same(id)]));
    const sure = units.flatMap((unit, i) => (unit.candidates[0]?.strength === 'strong' ? [models[i]] : []));
    expect(sure).toEqual(['pzem-016', 'xiyu-afd', 'xy-md02']);
    const relay = units[models.indexOf('generic-smoke-0010')]?.candidates[0];
    expect(relay?.because).toEqual({ zh: '保持寄存器 0x0010 = 0', en: 'holding 0x0010 = 0' });
  });

  it.each([
    ['at the same moment', 0, /garbled/],
    ['a moment later', 40, /twice/],
  ])('two units of one address that answer %s are told as such', async (_when, laterMs, words) => {
    const clock = quick();
    const wire = pair(clock);
    const first = hang(wire, clock, 'renke-th', { address: 5 });
    addTwin(wire, first, laterMs);
    hang(wire, clock, 'n4d8b08', { address: 6 });
    const { survey } = await searchWires(clock, [wire], { formats: [at9600], addresses: upTo(12) });
    const units = unitsOf(survey);
    expect(units.map(({ address, trouble }) => [address, trouble === null])).toEqual([
      [5, false],
      [6, true],
    ]);
    expect(units[0]?.trouble?.en).toMatch(words);
  });

  it('a noisy line is told, and its units are found all the same', async () => {
    const clock = quick();
    const wire = pair(clock);
    for (const address of [3, 9, 17]) hang(wire, clock, 'generic-smoke-0010', { address });
    const stop = noiseBursts(wire, clock, { everyMs: 300, maxBytes: 6, random: seeded(7) });
    const { survey } = await searchWires(clock, [wire], { formats: [at9600], addresses: upTo(20) });
    stop();
    const read = unitsOf(survey).filter(({ candidates }) => candidates.length > 0);
    expect(read.map(({ address }) => address)).toEqual([3, 9, 17]);
    expect(survey.lines[0]?.troubles.map(({ en }) => en).join()).toMatch(/without a question/);
  });

  it('a line without units is silent, and a universal address is nobody', async () => {
    const clock = quick();
    const wire = pair(clock);
    hang(wire, clock, 'renke-th', { address: 200, speech: { baud: 4800, parity: 'none' } });
    const formats = [at9600, { ...at9600, baud: 4800 }];
    const { survey } = await searchWires(clock, [wire], { formats, addresses: upTo(4) });
    expect(unitsOf(survey)).toEqual([]);
    expect(survey.lines[0]?.troubles.map(({ en }) => en)).toEqual([expect.stringMatching(/universal address 255/)]);
    expect(exitOf(survey)).toBe(5);
  });

  it.each<readonly [string, Partial<UnitModel>, number]>([
    ['is deaf to function 3 and knows 4', { functions: new Set([4]), read: () => 1 }, 10],
    ['refuses all that it is asked', { functions: new Set(), read: () => null }, 10],
    ['takes 200 ms', { functions: new Set([3]), read: () => 7 }, 200],
    ['takes 450 ms', { functions: new Set([3]), read: () => 7 }, 450],
  ])('a unit that %s is found', async (what, model, turnaroundMs) => {
    const clock = quick();
    const wire = pair(clock);
    const whole: UnitModel = {
      ...{ functions: new Set<number>(), read: () => null, write: () => 1, setRaw: () => undefined, ...noRelays },
      ...model,
    };
    for (const address of [4, 5, 20]) {
      const unit = new SimUnit({ address, model: whole, turnaroundMs });
      if (what.startsWith('is deaf'))
        unit.mischief = ({ request, reply }) =>
          request.kind === 'read' && request.fc === 3 ? [] : [{ afterMs: 0, bytes: reply }];
      wire.attach(unit);
    }
    const { survey } = await searchWires(clock, [wire], { formats: [at9600], addresses: upTo(20) });
    expect(unitsOf(survey).map(({ address, trouble }) => [address, trouble])).toEqual([
      [4, null],
      [5, null],
      [20, null],
    ]);
    const [unit] = unitsOf(survey);
    expect(unit?.answerMs).toBeGreaterThanOrEqual(turnaroundMs - 2);
    expect(unit?.answerMs).toBeLessThan(turnaroundMs + 15);
  });

  it('one answer that breaks is no trouble of its unit; one that breaks again and again is', async () => {
    const clock = quick();
    const wire = pair(clock);
    const [sparked, worn] = [7, 8].map((address) => hang(wire, clock, 'generic-smoke-0010', { address }));
    const spoilt = (bytes: Uint8Array): Uint8Array =>
      bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte));
    let [ofSparked, ofWorn] = [0, 0];
    if (sparked === undefined || worn === undefined) throw new Error('both hang there');
    sparked.mischief = ({ reply }) => [{ afterMs: 0, bytes: ofSparked++ === 1 ? spoilt(reply) : reply }];
    worn.mischief = ({ reply }) => [{ afterMs: 0, bytes: ofWorn++ % 3 === 1 ? spoilt(reply) : reply }];
    const { survey } = await searchWires(clock, [wire], { formats: [at9600], addresses: upTo(10) });
    expect(unitsOf(survey).map(({ address, trouble }) => [address, trouble?.en.slice(0, 12) ?? null])).toEqual([
      [7, null],
      [8, 'some answers'],
    ]);
    expect(ofSparked).toBeGreaterThan(2);
  });

  it('broken off, it tells what it has', async () => {
    const clock = quick();
    const wire = pair(clock);
    hang(wire, clock, 'n4d8b08', { address: 2 });
    hang(wire, clock, 'n4d8b08', { address: 60 });
    const plan = { formats: [at9600], addresses: upTo(63) };
    const { survey } = await searchWires(clock, [wire], plan, () => clock.mono() > 2000);
    expect(survey.isWhole).toBe(false);
    expect(unitsOf(survey).map(({ address }) => address)).toEqual([2]);
  });

  it('the time that is told before is about the time that it takes', async () => {
    const clock = quick();
    const wire = pair(clock);
    const plan = { formats: [at9600, { ...at9600, baud: 2400 }], addresses: upTo(40) };
    const { survey } = await searchWires(clock, [wire], plan);
    const told = estimateMs(makePlan({ profiles: library, transport: 'serial', ...plan }));
    expect(survey.tookMs / told).toBeGreaterThan(0.9);
    expect(survey.tookMs / told).toBeLessThan(1.1);
  });
});
