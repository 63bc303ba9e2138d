/** A person's reset, passed on to a unit that latches its own alarm: a whole gateway on a simulated arc-fault detector. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { SiteConfig, UnitConfig } from '../../config/site.js';
import { silent } from '../../hardware-sim/modbus/mischief.js';
import type { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import type { Entry } from '../../sync/journal/entry.js';
import { device, line, onlyUnits, point, townConfig, VillageRig } from './village-rig.js';

const afd = device('afd');
const arc = point('afd/arc');
const arcKey = `point:${arc}`;
const resetFrame = '10 01 02 00 01 02 01 f7';

/** The town with an arc-fault detector in place of a smoke detector, as its profile says. */
async function townWithAfd(): Promise<SiteConfig> {
  const town = onlyUnits(await townConfig(), line('east'), 'smoke-1', 'smoke-12', 'relay-1');
  const old = device('smoke-12');
  const afdOf = (unit: UnitConfig): UnitConfig => ({
    ...unit,
    ...{ id: afd, profileId: 'xiyu-afd', exceptionStyle: 'byte80' },
    limits: { ...unit.limits, maxRead: 1 },
    reset: [{ table: 'holding', address: 0x0102, value: 0x01f7, functionCode: 16 }],
  });
  return {
    ...town,
    units: town.units.map((unit) => (unit.id === old ? afdOf(unit) : unit)),
    points: town.points.flatMap((each) => {
      const { source } = each;
      if (source.kind === 'diagnostic' && 'unit' in source.of && source.of.unit === old) return [];
      if (source.kind !== 'register' || source.device !== old) return [each];
      return [
        {
          ...each,
          ...({
            id: arc,
            role: 'arc.alarm',
            class: 'warning',
            severities: { normal: 'normal', alarm: 'warning' },
          } as const),
          source: {
            ...source,
            device: afd,
            address: 0,
            states: new Map([
              [0, 'normal'],
              [1, 'alarm'],
            ]),
          },
        },
      ];
    }),
  };
}

describe('a reset by a person', () => {
  let rig: VillageRig;
  let unit: SimUnit;
  let heard: string[];

  beforeEach(async () => {
    rig = await VillageRig.watching({ config: await townWithAfd() });
    const sim = rig.village.units.get(afd);
    if (sim === undefined) throw new Error('no detector');
    unit = sim;
    heard = [];
    const hear = unit.hear.bind(unit);
    unit.hear = (frame) => {
      if (frame[0] === unit.address && frame[1] === 16)
        heard.push(
          Buffer.from(frame.subarray(1, -2))
            .toString('hex')
            .replace(/(..)(?=.)/g, '$1 '),
        );
      return hear(frame);
    };
    rig.village.setPoint(arc, 'alarm');
    await rig.clock.until(() => rig.entriesOf('alarm.raised', arcKey).length > 0, 10_000, 10);
  });

  const reset = (upTo = rig.newestSeen) => rig.runtime.command({ kind: 'reset', upTo, origin: 'panel', level: 2 });
  const told = (): readonly (readonly [Entry['kind'], Entry['detail']])[] =>
    rig.entries.filter(({ kind }) => kind === 'unit.reset').map(({ kind, detail }) => [kind, detail] as const);
  const isReset = (): boolean => rig.entriesOf('alarm.reset', arcKey).length > 0;

  test('is passed on at once by function 16, and the alarm goes when the point has returned', async () => {
    rig.village.setPoint(arc, 'normal');
    await rig.clock.advance(5_000);
    // It latches: nobody has told it, so it still says alarm.
    expect(rig.runtime.alarms.subjects.get(arcKey)?.condition).toBe('active');
    expect(reset()).toEqual({ accepted: true, touched: [], stillActive: [arcKey], pending: [afd] });
    await rig.clock.until(isReset, 10_000, 10);
    expect(heard).toEqual([resetFrame]);
    expect(told()).toEqual([['unit.reset', { unit: afd, ok: true, error: null }]]);
    expect(rig.entriesOf('alarm.reset', arcKey)[0]?.origin).toBe('panel');
    await rig.clock.advance(20_000);
    expect([heard.length, told().length, rig.runtime.alarms.subjects.get(arcKey)?.alarm ?? null]).toEqual([1, 1, null]);
  });

  test('of an arc that still burns says after 10 s what is still active, and resets nothing later', async () => {
    reset();
    await rig.clock.advance(9_800);
    expect(told()).toHaveLength(1);
    await rig.clock.advance(600);
    expect(told()[1]).toEqual(['unit.reset', { unit: afd, ok: false, error: null, still_active: [arcKey] }]);
    unit.model.setRaw('holding', 0, 0);
    unit.model.write('holding', 0x0102, 0x01f7);
    await rig.clock.advance(20_000);
    expect([isReset(), told().length]).toEqual([false, 2]);
  });

  test('that the unit does not answer is sent twice, told, and not waited for', async () => {
    unit.mischief = (exchange) =>
      exchange.request.kind === 'write-many' ? silent(exchange) : [{ afterMs: 0, bytes: exchange.reply }];
    reset();
    await rig.clock.advance(15_000);
    expect(heard).toEqual([resetFrame, resetFrame]);
    expect(told()).toEqual([['unit.reset', { unit: afd, ok: false, error: 'BUS-001' }]]);
  });

  test('of an older view does not reach a unit that raised its alarm later, nor does an acknowledgement or a refused order', () => {
    const { boot, order } = rig.newestSeen;
    expect(reset({ boot, order: order - 1 })).not.toHaveProperty('pending');
    const about = { upTo: rig.newestSeen, origin: 'panel' } as const;
    expect(rig.runtime.command({ ...about, kind: 'acknowledge', level: 2 })).not.toHaveProperty('pending');
    expect(rig.runtime.command({ ...about, kind: 'reset', level: 1 })).toEqual({
      accepted: false,
      reason: 'level-too-low',
    });
    expect(heard).toEqual([]);
  });

  test('given twice while the first is under way is one write, and the newer order is the one that is applied', async () => {
    rig.village.setPoint(arc, 'normal');
    reset();
    rig.runtime.command({ kind: 'reset', upTo: rig.newestSeen, origin: 'key', level: 2 });
    await rig.clock.until(isReset, 10_000, 10);
    expect(heard).toHaveLength(1);
    expect(rig.entriesOf('alarm.reset', arcKey)[0]?.origin).toBe('key');
  });
});
