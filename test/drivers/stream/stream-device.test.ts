import { describe, expect, it } from 'vitest';
import { brandId, type PointId } from '../../../config/ids.js';
import { type StreamEvent, streamEvent } from '../../../drivers/stream/framer.js';
import { objectsMax } from '../../../drivers/stream/signal-state.js';
import { StreamDevice } from '../../../drivers/stream/stream-device.js';
import { deviceOf, lastOf, type StreamSpec } from './rig.js';

function rig(spec: StreamSpec, standing: Readonly<Record<string, string>> = {}) {
  const made = deviceOf(spec);
  const unknown: StreamEvent[] = [];
  let frame = 0;
  const device = new StreamDevice({
    ...made,
    nextFrame: () => ++frame,
    standing: new Map(Object.entries(standing).map(([id, state]) => [brandId<PointId>(id), state])),
    onUnknown: (event) => unknown.push(event),
  });
  let all: Record<string, string | number> = {};
  /** What this event told, and in `all` what every point says now. */
  const hear = (event: StreamEvent, atMono = 0) => {
    const told = lastOf(device.hear(event, atMono));
    all = { ...all, ...told };
    return told;
  };
  return { device, unknown, hear, now: () => all };
}

const panel = (standing?: Readonly<Record<string, string>>) =>
  rig({ profile: 'jbf-193k', objects: { kitchen: '1-1-2', attic: '1-1-3' } }, standing);
const at = (code: string, object: string | null = null, odd: Partial<StreamEvent> = {}) =>
  streamEvent(code, { object, ...odd });

describe('a panel', () => {
  it('is at rest as a whole and in every listed object once it is heard, and confirms its states every 5 s', () => {
    const { hear } = panel();
    expect(hear(at('00'), 0)).toMatchObject({ fire: 'normal', mains: 'normal', kitchen: 'normal', attic: 'normal' });
    expect(hear(at('00'), 4_999)).toEqual({});
    expect(hear(at('00'), 5_000)).toMatchObject({ fire: 'normal', kitchen: 'normal' });
  });

  it('brings an alarm to the whole and to the object it is about, and to nothing else', () => {
    const { hear, now } = panel();
    hear(at('00'));
    expect(hear(at('80', '1-1-2'))).toEqual({ fire: 'alarm', kitchen: 'alarm' });
    expect(now()).toMatchObject({ attic: 'normal', supervisory: 'normal', device_fault: 'normal' });
  });

  it('is at fault while any object is, and sound when the last one is', () => {
    const { hear, now } = panel();
    hear(at('81', '1-1-7'));
    hear(at('81', '1-1-8'));
    hear(at('82', '1-1-7'));
    expect(now()).toMatchObject({ device_fault: 'fault' });
    hear(at('82', '1-1-99'));
    expect(now()).toMatchObject({ device_fault: 'fault' });
    hear(at('82', '1-1-8'));
    expect(now()).toMatchObject({ device_fault: 'normal' });
  });

  it('returns to rest in all objects by its reset, but not in what a reset does not touch', () => {
    const { hear, now } = panel();
    for (const code of ['80', '81', '8C', '97']) hear(at(code, '1-1-2'));
    hear(at('71-80'));
    hear(at('01'));
    expect(now()).toMatchObject({ fire: 'normal', kitchen: 'normal', device_fault: 'normal', supervisory: 'normal' });
    expect(now()).toMatchObject({ isolated: 'isolated', mains: 'lost' });
    hear(at('71-90'));
    hear(at('98', '1-1-2'));
    expect(now()).toMatchObject({ isolated: 'none', mains: 'normal' });
  });

  it('shows the worst state of its objects', () => {
    const { hear, now } = rig({ profile: 'fusaier-host', address: 1, options: { alarm_means: 'electrical' } });
    hear(at('70', '1-1'));
    hear(at('01-electrical', '1-2'));
    expect(now()).toMatchObject({ warning: 'low_limit' });
    hear(at('68', '1-3'));
    expect(now()).toMatchObject({ warning: 'low_limit', supervisory: 'active', fire: 'normal' });
  });

  it.each<readonly [string, StreamSpec, string, string, string]>([
    ['jbf-193k', { profile: 'jbf-193k' }, '00', '1-242-1', '01'],
    ['fusaier-host', { profile: 'fusaier-host', address: 1, options: { alarm_means: 'fire' } }, '99', '1-1', '20-00'],
  ])(
    '%s: an unknown code is told as it came, and is a fault until the reset',
    (_profile, spec, heartbeat, object, reset) => {
      const { hear, unknown, now } = rig(spec);
      hear(at(heartbeat));
      const before = now();
      expect(before).toMatchObject({ unknown_event: 'none' });
      expect(hear(at('53', object), 10)).toEqual({ unknown_event: 'seen' });
      expect(unknown.at(-1)).toMatchObject({ code: '53', object });
      expect(now()).toEqual({ ...before, unknown_event: 'seen' });
      hear(at(reset), 20);
      expect(now()).toEqual(before);
    },
  );

  it('an unknown code of a profile that keeps no point for such codes changes nothing', () => {
    const { config, points } = deviceOf({ profile: 'jbf-193k' });
    const { unknown: _none, ...bare } = config;
    const told: string[] = [];
    const onUnknown = ({ code }: StreamEvent): void => void told.push(code);
    const device = new StreamDevice({ config: bare, points, nextFrame: () => 1, standing: new Map(), onUnknown });
    device.hear(at('00'), 0);
    expect(device.hear(at('53', '1-242-1'), 10)).toEqual([]);
    expect(told).toEqual(['53']);
  });

  it('of several controllers keeps what one of them says apart from the others', () => {
    const { hear, now } = rig({ profile: 'jbf-193k', objects: { kitchen: '1-1-2', barn: '2-1-2', attic: '12-1-2' } });
    hear(at('71-80', '1'));
    hear(at('71-80', '2'));
    hear(at('71-90', '2'));
    expect(now()).toMatchObject({ mains: 'lost' });
    hear(at('71-90', '1'));
    expect(now()).toMatchObject({ mains: 'normal' });
    for (const object of ['1-1-2', '2-1-2', '12-1-2']) hear(at('80', object));
    hear(at('01', '2'));
    expect(now()).toMatchObject({ fire: 'alarm', kitchen: 'alarm', barn: 'normal', attic: 'alarm' });
    hear(at('01', '1'));
    expect(now()).toMatchObject({ fire: 'alarm', kitchen: 'normal', barn: 'normal', attic: 'alarm' });
    hear(at('01', '12'));
    expect(now()).toMatchObject({ fire: 'normal', attic: 'normal' });
  });

  it('that stood somewhere before a restart stands until a reset of any controller, not until one object is sound', () => {
    const { hear, now } = panel({ 'panel/fire': 'alarm', 'panel/device_fault': 'fault', 'panel/kitchen': 'alarm' });
    hear(at('82', '1-1-7'));
    expect(now()).toMatchObject({ fire: 'alarm', device_fault: 'fault' });
    hear(at('80', '1-1-3'));
    hear(at('01', '2'));
    expect(now()).toMatchObject({ fire: 'alarm', device_fault: 'normal', kitchen: 'alarm', attic: 'alarm' });
    hear(at('01', '1'));
    expect(now()).toMatchObject({ fire: 'normal', kitchen: 'normal', attic: 'normal' });
  });

  it('that stood before a restart in what no reset touches is sound when the panel says so, and not at a reset', () => {
    const { hear, now } = panel({ 'panel/mains': 'lost', 'panel/isolated': 'isolated' });
    hear(at('01', '1'));
    hear(at('00'), 5_000);
    expect(now()).toMatchObject({ mains: 'lost', isolated: 'isolated' });
    hear(at('71-90', '1'));
    hear(at('98', '1-1-5'));
    expect(now()).toMatchObject({ mains: 'normal', isolated: 'none' });
  });

  it('that is a host alarms in a listed detector, whatever its alarm means', () => {
    for (const means of ['fire', 'electrical'] as const) {
      const spec = { address: 1, options: { alarm_means: means }, objects: { stage: '2-5' } };
      const { hear, now } = rig({ profile: 'fusaier-host', ...spec });
      hear(at('99'));
      hear(at(`01-${means}`, '2-5'));
      const own = means === 'fire' ? { fire: 'alarm', warning: 'normal' } : { fire: 'normal', warning: 'alarm' };
      expect(now()).toMatchObject({ ...own, stage: 'alarm' });
    }
  });

  it('counts a doubtful alarm for the whole at once, for one object only when it is said again within 30 s', () => {
    const { hear, now } = panel();
    const doubtful = at('80', '1-1-2', { isDoubtful: true });
    hear(at('00'), 0);
    expect(hear(doubtful, 1_000)).toEqual({ fire: 'alarm?' });
    hear(doubtful, 32_000);
    expect(now()).toMatchObject({ fire: 'alarm?', kitchen: 'normal' });
    hear(at('80', '1-1-3', { isDoubtful: true }), 33_000);
    expect(now()).toMatchObject({ kitchen: 'normal', attic: 'normal' });
    hear(doubtful, 61_000);
    expect(now()).toMatchObject({ fire: 'alarm?', kitchen: 'alarm?', attic: 'normal' });
    hear(at('80', '1-1-2'), 62_000);
    hear(doubtful, 63_000);
    expect(now()).toMatchObject({ fire: 'alarm', kitchen: 'alarm' });
  });

  it('hears late where its points stood: what it has said meanwhile is newer, all else stands', () => {
    const { device, hear, now } = panel();
    hear(at('00'), 0);
    hear(at('81', '1-1-7'), 1_000);
    hear(at('82', '1-1-7'), 2_000);
    const stood = { 'panel/fire': 'alarm', 'panel/device_fault': 'fault' };
    device.recall(new Map(Object.entries(stood).map(([id, state]) => [brandId<PointId>(id), state])));
    hear(at('00'), 3_000);
    expect(now()).toMatchObject({ fire: 'alarm', device_fault: 'normal' });
  });

  it('keeps alarms of more objects than it can know until a reset, and counts them', () => {
    const { device, hear, now } = panel();
    for (let i = 0; i < objectsMax + 3; i++) hear(at('81', `1-${i >> 8}-${i & 255}`));
    expect(device.beyondCount).toBe(3);
    for (let i = 0; i < objectsMax + 3; i++) hear(at('82', `1-${i >> 8}-${i & 255}`));
    expect(now()).toMatchObject({ device_fault: 'fault' });
    hear(at('01', '2'));
    expect(now()).toMatchObject({ device_fault: 'fault' });
    hear(at('01', '1'));
    expect(now()).toMatchObject({ device_fault: 'normal' });
  });

  it('is bad in every point while it is silent, and afterwards says what stood before', () => {
    const { device, hear } = panel();
    hear(at('80', '1-1-2'), 0);
    const unseen = device.unseen('silent', 1_000);
    expect(unseen).toHaveLength(14);
    expect(new Set(unseen.map(({ reason }) => reason))).toEqual(new Set(['silent']));
    expect(hear(at('00'), 2_000)).toMatchObject({ fire: 'alarm', kitchen: 'alarm', attic: 'normal' });
  });

  it('does not take a restart of the gateway for an all-clear', () => {
    const { hear, now } = panel({
      'panel/fire': 'alarm',
      'panel/kitchen': 'alarm',
      'panel/mains': 'lost',
      'panel/battery': 'no',
    });
    hear(at('00'));
    expect(now()).toMatchObject({ fire: 'alarm', kitchen: 'alarm', mains: 'lost', battery: 'normal', attic: 'normal' });
    hear(at('71-90'));
    hear(at('01'));
    expect(now()).toMatchObject({ fire: 'normal', kitchen: 'normal', mains: 'normal' });
  });
});

describe('a value', () => {
  const level = (value: number | null, bad: StreamEvent['bad'] = null) => streamEvent('distance', { value, bad });
  const tank = () => rig({ profile: 'uart-ultrasonic', options: { model: 'a02', mounting_height: 3 } });

  it('is the mounting height minus the distance, in metres', () => {
    expect(tank().hear(level(1953))).toEqual({ level: 1.047 });
  });

  it('is bad in the blind zone, outside its range, and when the codec has none', () => {
    const { hear } = tank();
    expect(hear(level(null, 'out-of-range'))).toEqual({ level: 'bad: out-of-range' });
    expect(hear(level(3051))).toEqual({ level: 'bad: out-of-range' });
    expect(hear(level(3050))).toEqual({ level: -0.05 });
    expect(hear(level(null))).toEqual({ level: 'bad: sentinel' });
  });

  it('that jumps is believed when the next look agrees, and forgotten when not', () => {
    const { device, hear } = tank();
    hear(level(1000));
    expect(hear(level(1301))).toEqual({ level: 'bad: step' });
    expect(hear(level(1010))).toEqual({ level: 1.99 });
    expect(hear(level(1320))).toEqual({ level: 'bad: step' });
    expect(hear(level(1010))).toEqual({ level: 1.99 });
    expect(hear(level(2000))).toEqual({ level: 'bad: step' });
    expect(hear(level(1500))).toEqual({ level: 'bad: step' });
    expect(hear(level(1600))).toEqual({ level: 1.4 });
    device.unseen('silent', 0);
    expect(hear(level(500))).toEqual({ level: 2.5 });
  });

  it('of a host carries the unit in its code', () => {
    const { hear } = rig({ profile: 'fusaier-host', address: 1, options: { alarm_means: 'electrical' } });
    hear(streamEvent('99'));
    expect(hear(streamEvent('17-mA', { object: '2-5', value: 500 }))).toEqual({ told_current: 500 });
    expect(hear(streamEvent('10-C', { object: '2-5', value: 70 }))).toEqual({ told_temp: 70 });
  });
});
