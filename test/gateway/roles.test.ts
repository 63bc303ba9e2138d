/** Every role on its whole way: from the word in a profile to alarm, siren, lamp, journal lane and the district's topic. */
import { describe, expect, test } from 'vitest';
import { type BootId, brandId, type EntryId, type OutputId, type PlanId, type PointId } from '../../config/ids.js';
import type { PlanConfig } from '../../config/site.js';
import {
  type AlarmClass,
  alarmClasses,
  classOfRole,
  latchesUntilReset,
  type PointRole,
} from '../../config/vocabulary.js';
import { makeStep } from '../../gateway/alarm/engine.js';
import { emptyAlarmState } from '../../gateway/alarm/facets.js';
import type { EngineInput } from '../../gateway/alarm/step.js';
import { desiredOutputs } from '../../gateway/annunciator/desired-outputs.js';
import { lampStates } from '../../gateway/annunciator/lamp-states.js';
import { laneOf } from '../../sync/journal/entry.js';
import { reportTopic, type SiteAddress } from '../../sync/mqtt/cloud-event.js';
import type { Report } from '../../sync/uplink.js';
import { pointOf } from './engine-rig.js';

/** By design.md §5, written down a second time: whoever moves a role into another class must say so here as well. */
const roles: Readonly<Record<AlarmClass | 'none', string>> = {
  fire: 'smoke.alarm heat.alarm flame.alarm call_point.alarm panel.fire sprinkler.flow',
  warning: 'panel.warning gas.alarm gas.level residual_current cable_temp arc.alarm breaker.tripped power.overload',
  supervisory: 'panel.supervisory water.low water.high water.pressure water.level valve.closed pump.running door.open',
  fault:
    'panel.fault pump.fault mains.lost battery.low battery.voltage fault tamper box.disk_free box.supply box.loop_delay box.commit',
  technical: 'dirty counter.wear box.temperature box.clock',
  none: 'contact signal measurement setting breaker.state bus.quality line.load line.scan_age uplink.backlog uplink.backlog_age uplink.unkept modem.signal modem.sim modem.network relay.state siren.state key.acknowledge key.silence key.reset key.drill key.test key.microphone key.duty',
};
const walked = Object.entries(roles).flatMap(([own, named]) =>
  named.split(' ').map((role) => [role as PointRole, own as AlarmClass | 'none'] as const),
);

/** One siren for each class. */
const plans: readonly PlanConfig[] = alarmClasses.map((each) => ({
  id: brandId<PlanId>(each),
  when: { class: each, zones: 'all' },
  steps: [{ start: [{ kind: 'at-once' }], sound: [brandId<OutputId>(`siren-${each}`)] }],
}));

function live(role: PointRole, values: readonly string[]) {
  const step = makeStep([pointOf('it', role)], []);
  let state = emptyAlarmState;
  const drafts = values.flatMap((value, mono) => {
    const stamp = { pointId: brandId<PointId>('it'), sampledMono: mono, frame: mono, confirmed: true };
    const input: EngineInput = { kind: 'reading', reading: { ...stamp, quality: 'good', value, reason: null } };
    const entryId = (n: number): EntryId => brandId<EntryId>(`e${mono}-${n}`);
    const result = step(state, input, { boot: brandId<BootId>('b'), mono, wall: mono, trust: 'trusted', entryId });
    state = result.state;
    return result.drafts;
  });
  const sounding = [...desiredOutputs(state, plans, values.length).outputs]
    .filter(([, { on }]) => on)
    .map(([id]) => id);
  return { state, drafts, sounding, lamps: lampStates(state.subjects.values(), 'idle', true) };
}

describe('every role', () => {
  test('is walked, none twice', () => {
    expect(walked.map(([role]) => role).sort()).toEqual(Object.keys(classOfRole).sort());
  });

  test.each(walked)('%s is %s from the profile to the siren, the lamp, the journal and the district', (role, own) => {
    expect(classOfRole[role] ?? 'none').toBe(own);
    const { drafts, sounding, lamps } = live(role, ['normal', 'alarm']);
    if (own === 'none') {
      expect([drafts, sounding, lamps.normal]).toEqual([[], [], 'on']);
      return;
    }
    const [raised] = drafts;
    expect(drafts.filter(({ kind }) => kind === 'alarm.raised').map((draft) => draft.class)).toEqual([own]);
    expect(sounding).toEqual([`siren-${own}`]);
    const lit = { fire: lamps.fire !== 'off', fault: lamps.fault !== 'off', normal: lamps.normal === 'on' };
    expect(lit).toEqual({ fire: own === 'fire', fault: own === 'fault', normal: own === 'technical' });
    if (raised === undefined) throw new Error('it was raised');
    expect(laneOf(raised)).toBe(own === 'fire' ? 'fire' : 'journal');
    const address: SiteAddress = { district: brandId('d'), site: brandId('s') };
    const report = { entry: raised, durable: false } as unknown as Report;
    expect(reportTopic(address, report).endsWith(`/report/${own}`)).toBe(true);
  });

  test.each(walked.filter(([, own]) => own !== 'none'))('%s keeps its alarm as %s does', (role, own) => {
    const { state } = live(role, ['normal', 'alarm', 'normal']);
    const isKept = state.subjects.get('point:it')?.alarm != null;
    expect(isKept).toBe(latchesUntilReset[own as AlarmClass]);
  });
});
