/** Journal and samples in the words of GB/T 26875.3, and the table that they go by. */
import { describe, expect, it } from 'vitest';
import { type BootId, brandId } from '../../../config/ids.js';
import type { GbUplinkConfig, SiteConfig } from '../../../config/site.js';
import { pointTable } from '../../../config/uplinks/gb-point-table.js';
import { gbBits, gbRoleRows } from '../../../config/uplinks/gb-roles.js';
import { columnsOf } from '../../../gateway/papers/columns.js';
import { gbPapers, gbPointCsv, gbPointText } from '../../../gateway/papers/gb-point-list.js';
import { objectsOf } from '../../../sync/gb26875/entry-objects.js';
import { encodeAdu, type GbAdu, gbTimeOf } from '../../../sync/gb26875/index.js';
import { samplesOf } from '../../../sync/gb26875/samples.js';
import { componentsNow, deviceStateNow, systemsNow } from '../../../sync/gb26875/site-now.js';
import type { GbStanding, GbTelling } from '../../../sync/gb26875/telling.js';
import { type Entry, laneOf } from '../../../sync/journal/entry.js';
import { isHistorical } from '../../../sync/pump/age.js';
import type { Sample } from '../../../sync/telemetry/sample.js';
import { configOf, siteText } from '../../config/rig.js';

const devices = (more: string): readonly [string, string] => ['outputs:', `${more}outputs:`];
const gb = (keys = ''): readonly [string, string] => [
  '127.0.0.1:1883"}',
  `127.0.0.1:1883"}\n  - {id: fire, kind: gb26875, host: h, port: 5000, address: "010203040506"${keys}}`,
];
const tank =
  '  - {id: tank, profile: transmitter-7reg, line: west, unit: 9, zone: pool, options: {label_range: 5, label_unit: m, medium: level}, allow_draft: true}\n';

/** As slow as the level transmitter needs it. */
const slow = ['ttyS2}', 'ttyS2, timeout_ms: 400, quarantine_ms: 200}'] as const;

interface Made {
  readonly config: SiteConfig;
  readonly uplink: GbUplinkConfig;
}

const made = new Map<string, Made>();

function siteOf(keys = '', more = tank): Made {
  const known = made.get(keys + more) ?? makeSite(keys, more);
  made.set(keys + more, known);
  return known;
}

function makeSite(keys: string, more: string): Made {
  const config = configOf(siteText(slow, gb(keys), devices(more)));
  const uplink = config.uplinks.find((each) => each.kind === 'gb26875');
  if (uplink?.kind !== 'gb26875') throw new Error('no such uplink');
  return { config, uplink };
}

const noon = Date.UTC(2026, 10, 30, 4);
const boot = brandId<BootId>('b');
const time = { second: 0, minute: 0, hour: 12, day: 30, month: 11, year: 26 };

function tellingOf(standing: readonly GbStanding[] | null = [], keys = '', nowWall = noon): GbTelling {
  const { config, uplink } = siteOf(keys);
  return {
    uplink: uplink.id,
    table: pointTable(config, uplink),
    fireState: uplink.dialect.fireState,
    timeOf: (wall) => gbTimeOf(wall, 480),
    nowWall: () => nowWall,
    boot: () => boot,
    isHistorical: (entry) => isHistorical(entry, { boot, mono: 1 + nowWall - noon, wall: nowWall, trust: 'trusted' }),
    standing: () => standing,
  };
}

function entryOf(kind: Entry['kind'], changes: Partial<Entry> = {}): Entry {
  const draft = { kind, class: null, alarm: null, detail: {}, ...changes };
  return {
    ...{ id: brandId('e-b-1'), epoch: brandId('e'), boot, mono: 1, wall: noon, clock: 'trusted' },
    ...{ subject: 'point:smoke-1/smoke', zone: null, words: { zh: '火', en: 'fire' }, origin: null },
    ...draft,
    lane: laneOf(draft),
  };
}

const smokeFire = { subject: 'point:smoke-1/smoke', class: 'fire', is: 'alarm' } as const;
const smoke = { system: 1, systemAddress: 1, component: 42, address: [1, 0, 1, 0] };
const states = (units: readonly GbAdu[]): readonly number[] =>
  units.flatMap((unit) => (unit.type === 2 || unit.type === 21 ? unit.objects.map(({ state }) => state) : []));

describe('the point table', () => {
  it('numbers by zone and by order in the file, so that a device at its end moves none', () => {
    const { config, uplink } = siteOf('', '');
    const rows = pointTable(config, uplink).rows;
    expect(rows.map(({ id, system, component, address }) => [id, system, component, ...address])).toEqual([
      ['smoke-1/smoke', 1, 42, 1, 0, 1, 0],
      ['call-1/contact', 1, 23, 1, 0, 2, 0],
      ['float-1/contact', 11, 92, 2, 0, 1, 0],
      ['siren-hall', 1, 121, 0, 0, 17, 39],
      ['siren-main', 1, 121, 0, 0, 18, 39],
    ]);
    const more = siteOf();
    const later = pointTable(more.config, more.uplink).rows.filter(({ id }) => !id.startsWith('tank/'));
    expect(later).toEqual(rows);
  });

  it.each([
    ['point_zone', [1, 0, 1, 0], [1, 0, 2, 0]],
    ['number', [1, 0, 0, 0], [3, 0, 0, 0]],
  ])('lays addresses out as %s', (layout, first, float) => {
    const { config, uplink } = siteOf(`, component_layout: ${layout}`);
    const { ofPoint } = pointTable(config, uplink);
    expect(ofPoint.get('smoke-1/smoke')?.row.address).toEqual(first);
    expect(ofPoint.get('float-1/contact')?.row.address).toEqual(float);
  });

  it('is told otherwise by `points` and `roles`, for a device and for one of its points', () => {
    const keys =
      ', roles: [{role: smoke.alarm, component: 40}], points: [{point: smoke-1, zone: 300, number: 7, system_address: 2}, {point: call-1/contact, number: 9}]';
    const { config, uplink } = siteOf(keys);
    const { ofPoint } = pointTable(config, uplink);
    expect(ofPoint.get('smoke-1/smoke')?.row).toMatchObject({
      ...smoke,
      component: 40,
      systemAddress: 2,
      address: [44, 1, 7, 0],
    });
    expect(ofPoint.get('call-1/contact')?.row.address).toEqual([1, 0, 9, 0]);
  });

  it('has a row, or a reason for none, for every role', () => {
    for (const row of Object.values(gbRoleRows)) {
      if (typeof row !== 'string' && row.as === 'own') expect(row.bits !== 0 || row.analog !== null).toBe(true);
    }
    const { config, uplink } = siteOf();
    const { ofPoint, ofBox, untold } = pointTable(config, uplink);
    const told = new Set<string>([...ofPoint.keys(), ...untold.map(({ id }) => id)]);
    expect(config.points.filter(({ id }) => !told.has(id))).toEqual([]);
    expect(ofBox.size).toBeGreaterThan(0);
  });

  it('is a paper and a spreadsheet', () => {
    const { config } = siteOf();
    const papers = gbPapers(config, 'fire');
    const [paper] = papers;
    if (paper === undefined) throw new Error('no paper');
    const text = gbPointText(paper, config, 'zh').split('\n');
    expect(text).toContainEqual(expect.stringMatching(/^1 火灾报警系统 +1 +42 点型光电感烟 +01000100 +1 +1 /));
    // Columns stand below one another, a Chinese sign counts for two, and no cell is left out.
    const rows = text.slice(text.indexOf('') + 1, text.lastIndexOf(''));
    expect(rows).toHaveLength(paper.table.rows.length + 1);
    expect(new Set(rows.map((row) => row.split(/ {2,}/).length))).toEqual(new Set([12]));
    const idAt = (row: string): number => columnsOf(row.slice(0, row.lastIndexOf('  ')));
    expect(new Set(rows.slice(1).map(idAt)).size).toBe(1);
    const csv = gbPointCsv(papers, config, 'en').split('\r\n');
    expect(csv[0]).toMatch(/^\uFEFFuplink,system type,system,/);
    expect(csv[1]).toMatch(/^fire,1,fire alarm,1,42,optical smoke detector,01000100,1,1,/);
    expect(csv.length).toBe(paper.table.rows.length + 2);
    expect(gbPapers(config, 'district')).toEqual([]);
  });
});

describe('an entry', () => {
  it('of a fire is the state of its component, at the time of the entry', () => {
    const fire = entryOf('alarm.raised', { class: 'fire' });
    const [unit, ...others] = objectsOf(fire, tellingOf());
    expect(unit).toEqual({ type: 2, objects: [{ ...smoke, text: expect.any(String), state: 3, time }] });
    expect(others).toEqual([]);
    expect(states(objectsOf(fire, tellingOf([], ', fire_state: 2')))).toEqual([2]);
  });

  it('of a fire that is back to normal says nothing before somebody resets it', () => {
    expect(objectsOf(entryOf('alarm.returned', { class: 'fire', detail: { latched: true } }), tellingOf())).toEqual([]);
    const reset = objectsOf(entryOf('alarm.reset', { class: 'fire', origin: 'panel:li' }), tellingOf());
    expect(states(reset)).toEqual([1]);
    expect(reset[1]).toEqual({ type: 24, objects: [{ operation: 1, operator: 1, time }] });
  });

  it.each([
    ['a fault of a point', 'alarm.raised', { class: 'fault', subject: 'fault:point:smoke-1/smoke' }, [5]],
    [
      'it is over',
      'alarm.returned',
      { class: 'fault', subject: 'fault:point:smoke-1/smoke', detail: { latched: false } },
      [1],
    ],
    [
      'a module that is silent takes along what is wired to it',
      'alarm.raised',
      { class: 'fault', subject: 'fault:unit:io-1' },
      [5],
    ],
    ['low water', 'alarm.raised', { class: 'supervisory', subject: 'point:float-1/contact' }, [0x11]],
    ['it goes on changing', 'alarm.counted', { class: 'fire', detail: { stands: 'latched' } }, [3]],
    ['taken out of the watch', 'service.changed', { detail: { to: 'out-of-service' } }, [9]],
    ['and back', 'service.changed', { detail: { to: 'in-service' } }, [1]],
    ['a siren that is ordered on', 'output.commanded', { subject: 'output:siren-hall', detail: { on: true } }, [0x21]],
    ['and proven', 'output.proven', { subject: 'output:siren-hall', detail: { on: true } }, [0x61]],
    ['and off', 'output.commanded', { subject: 'output:siren-hall', detail: { on: false } }, [1]],
    ['a line', 'alarm.raised', { class: 'fault', subject: 'fault:line:east' }, [0x45]],
    ['a centre', 'alarm.raised', { class: 'fault', subject: 'fault:uplink:district' }, [0x21]],
    ['the disk', 'alarm.raised', { class: 'fault', subject: 'fault:journal:main' }, [5]],
    ['the gateway starts', 'gateway.started', { subject: 'gateway' }, [1]],
    ['what is no alarm', 'alarm.raised', { class: 'technical', subject: 'upkeep:drill' }, []],
    ['what nobody outside knows', 'alarm.raised', { class: 'fault', subject: 'point:nowhere/x' }, []],
    ['the shift', 'shift.taken', {}, []],
  ] as const)('%s', (_, kind, changes, expected) => {
    expect(states(objectsOf(entryOf(kind, changes as Partial<Entry>), tellingOf()))).toEqual(expected);
  });

  it.each([
    ['alarm.silenced', { class: 'fire', origin: 'key:silence' }, 24, 2, 1],
    ['alarm.acknowledged', { class: 'fire', origin: 'centre:k1' }, 4, 0x20, 3],
    ['duty.answered', { subject: 'gateway', origin: 'cli:li', detail: { uplink: 'fire' } }, 24, 0x20, 2],
    ['duty.answered', { subject: 'gateway', origin: 'panel', detail: { uplink: 'district' } }, null, 0, 0],
    ['duty.answered', { subject: 'gateway', origin: 'panel', detail: { command: 'c1' } }, null, 0, 0],
    ['drill.begun', { subject: 'gateway' }, 24, 0x40, 0],
    ['siren_test.begun', { subject: 'gateway' }, 24, 0x10, 0],
    ['call.reported', { class: 'fire', subject: 'gateway', origin: 'panel' }, 24, 4, 1],
    ['test.noted', { subject: 'gateway', detail: { what: 'uplink', id: 'fire' } }, 24, 0x40, 0],
    ['test.noted', { subject: 'gateway', detail: { what: 'uplink', id: 'other' } }, null, 0, 0],
  ] as const)('%s is an operation: %o', (kind, changes, type, operation, operator) => {
    const units = objectsOf(entryOf(kind, changes as Partial<Entry>), tellingOf());
    expect(units.map((unit) => unit.type)).toEqual(type === null ? [] : [type]);
    if (type !== null) expect(units[0]).toMatchObject({ objects: [{ operation, operator, time }] });
  });

  it('says all that is so with its component', () => {
    const fault: GbStanding = {
      subject: 'fault:point:smoke-1/smoke',
      class: 'fault',
      is: 'alarm',
      ...{ sinceWall: noon - 1, sinceMono: 0 },
    };
    expect(states(objectsOf(entryOf('alarm.raised', { class: 'fire' }), tellingOf([fault])))).toEqual([7]);
    expect(states(objectsOf(entryOf('alarm.reset', { class: 'fire' }), tellingOf([fault])))).toEqual([5]);
  });

  it('of long ago never wipes out a fire that came since: behind it stands how it is now', () => {
    const fire: GbStanding = {
      subject: 'point:smoke-1/smoke',
      class: 'fire',
      is: 'alarm',
      ...{ sinceWall: noon + 3_600_000, sinceMono: 3_600_001 },
    };
    const over = entryOf('alarm.returned', {
      class: 'fault',
      subject: 'fault:point:smoke-1/smoke',
      detail: { latched: false },
    });
    const units = objectsOf(over, tellingOf([fire], '', noon + 7_200_000));
    expect(states(units)).toEqual([1, 3]);
    expect(units[1]).toMatchObject({ objects: [{ time: { ...time, hour: 13 } }] });
  });

  it.each([
    ['alarm.reset', {}],
    ['alarm.returned', { latched: false }],
  ] as const)('%s is followed by the word of now where the same point is in alarm again', (kind, detail) => {
    const again: GbStanding = { ...smokeFire, sinceWall: noon + 5_000, sinceMono: 5_001 };
    const units = objectsOf(entryOf(kind, { class: 'fire', detail }), tellingOf([again], '', noon + 6_000));
    expect(states(units)).toEqual([1, 3]);
  });

  it('goes by the order of things: a clock that was set makes no old alarm new, and hides no new one', () => {
    const hourMs = 3_600_000;
    const over = entryOf('alarm.returned', {
      ...{ class: 'fault', subject: 'fault:point:smoke-1/smoke', mono: 1_000 },
      detail: { latched: false },
    });
    const toldWith = (since: Pick<GbStanding, 'sinceMono' | 'sinceWall'>, entry = over) =>
      states(objectsOf(entry, tellingOf([{ ...smokeFire, ...since }], '', noon + hourMs)));
    // Set back after it began, and after the entry.
    expect(toldWith({ sinceMono: 500, sinceWall: noon + hourMs })).toEqual([3]);
    expect(toldWith({ sinceMono: 2_000, sinceWall: noon - hourMs })).toEqual([1, 3]);
    // Of two starts the later one is later, whatever their clocks said.
    const older = { ...over, boot: brandId<BootId>('a') };
    expect(toldWith({ sinceMono: 500, sinceWall: noon - hourMs }, older)).toEqual([1, 3]);
    expect(toldWith({ sinceMono: Number.NEGATIVE_INFINITY, sinceWall: noon + hourMs })).toEqual([3]);
    // What a reset has ended and stands all the same burns again.
    const reset = entryOf('alarm.reset', { class: 'fire', mono: 1_000 });
    expect(toldWith({ sinceMono: 2_000, sinceWall: noon - hourMs }, reset)).toEqual([1, 3]);
    // Set forward right behind it: it is no history.
    const low = entryOf('alarm.raised', { class: 'supervisory', subject: 'point:float-1/contact' });
    const now = { ...tellingOf([], '', noon + hourMs), isHistorical: tellingOf().isHistorical };
    expect(states(objectsOf(low, now))).toEqual([0x11]);
  });

  it('that ends something is not told while nobody knows what else stands; what begins is', () => {
    const unknown = tellingOf(null);
    expect(states(objectsOf(entryOf('alarm.raised', { class: 'fire' }), unknown))).toEqual([3]);
    for (const [kind, subject] of [
      ['alarm.reset', 'point:smoke-1/smoke'],
      ['gateway.started', 'gateway'],
    ] as const)
      expect(() => objectsOf(entryOf(kind, { subject }), unknown)).toThrow('UPLINK-003');
  });

  it('of long ago that was reset by an entry sent before it does not stay in alarm', () => {
    const low = entryOf('alarm.raised', { class: 'supervisory', subject: 'point:float-1/contact' });
    expect(states(objectsOf(low, tellingOf([], '', noon + 600_000)))).toEqual([0x11, 1]);
    // A fire is never followed by an all-clear that nobody gave.
    expect(states(objectsOf(entryOf('alarm.raised', { class: 'fire' }), tellingOf([], '', noon + 600_000)))).toEqual([
      3,
    ]);
  });

  it('that was refused and goes after its own end is followed by that end, a fire too', () => {
    const shielded = entryOf('service.changed', { detail: { to: 'out-of-service' } });
    for (const [entry, words] of [
      [entryOf('alarm.raised', { class: 'fire' }), [3, 1]],
      [shielded, [9, 1]],
    ] as const) {
      expect(states(objectsOf(entry, tellingOf(), true))).toEqual(words);
      expect(states(objectsOf(entry, tellingOf()))).toEqual(words.slice(0, 1));
    }
    expect(
      states(
        objectsOf(
          entryOf('alarm.raised', { class: 'fire' }),
          tellingOf([{ ...smokeFire, sinceWall: noon, sinceMono: 0 }]),
          true,
        ),
      ),
    ).toEqual([3]);
  });

  it('becomes units that may be sent, whatever its time', () => {
    for (const wall of [noon, 0, -1, 5e12]) {
      const units = objectsOf(entryOf('alarm.raised', { class: 'fire', wall }), tellingOf());
      expect(units.map((unit) => encodeAdu(unit, { timeCoding: 'binary' }).length)).toEqual([48]);
    }
  });
});

describe('a sample', () => {
  const sample = (pointId: string, value: Sample['value'], unit: string | null = 'm'): Sample => ({
    ...{ pointId: brandId<Sample['pointId']>(pointId), unit, afterMs: 60_000, value, reason: null },
  });
  const level = [...tellingOf().table.ofPoint.values()].find(({ row }) => row.analog?.type === 2)?.row.id ?? '';

  it('is counted in the step of its analog type', () => {
    const { units, unfit } = samplesOf(
      [sample(level, 3.12), sample('smoke-1/smoke', 'normal', null)],
      noon,
      tellingOf(),
    );
    expect(unfit).toBe(0);
    expect(units).toMatchObject([
      { type: 3, objects: [{ system: 11, component: 92, analog: 2, value: 312, time: { ...time, minute: 1 } }] },
    ]);
  });

  it('that does not fit is not sent, and counted', () => {
    const samples = [sample(level, 400), sample(level, -0.5), sample(level, Number.NaN), sample(level, null)];
    expect(samplesOf(samples, noon, tellingOf())).toEqual({ units: [], unfit: 3 });
  });

  it('is one of as many in a unit as the standard allows', () => {
    const many = samplesOf(
      Array.from({ length: 64 }, () => sample(level, 1)),
      noon,
      tellingOf(),
    );
    expect(many.units.map((unit) => (unit.type === 'other' ? 0 : unit.objects.length))).toEqual([63, 1]);
  });
});

it('how it stands now is what a read is answered', () => {
  const fire: GbStanding = { ...smokeFire, sinceWall: noon, sinceMono: 1 };
  const mains: GbStanding = { ...fire, subject: 'fault:line:east', class: 'fault' };
  const telling = tellingOf([fire, mains]);
  const rows = componentsNow(telling);
  expect(rows.find(({ row }) => row.id === 'smoke-1/smoke')).toMatchObject({ ...smoke, state: 3, time });
  expect(rows.find(({ row }) => row.id === 'call-1/contact')).toMatchObject({ state: gbBits.normal, time: null });
  expect(systemsNow(telling)).toContainEqual({ system: 1, systemAddress: 1, state: 3 });
  expect(systemsNow(telling)).toContainEqual({ system: 11, systemAddress: 1, state: 1 });
  expect(deviceStateNow(telling)).toBe(0x47);
});
