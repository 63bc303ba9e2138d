/** The simulated devices speak as their papers say; the bytes here are the papers', not the program's. */
import { describe, expect, it } from 'vitest';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { fusaierFrame, jbfFrame, ultrasonicFrame } from '../../hardware-sim/stream/dialect-frames.js';
import { makeStream, type SimStreamOptions } from '../../hardware-sim/stream/sim-stream.js';
import { deviceOf, lineRig } from '../drivers/stream/rig.js';

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$& ');

function started(profile: string, options: SimStreamOptions = {}) {
  const clock = new SimClock();
  const said: string[] = [];
  const device = makeStream(profile, options, clock);
  device.start((bytes) => said.push(hex(bytes)), clock);
  return { clock, said, device };
}

describe('frames', () => {
  it('are those of the papers', () => {
    expect(hex(ultrasonicFrame(1953, true))).toBe('FF 07 A1 A7');
    expect(hex(ultrasonicFrame(1953, false))).toBe('FF 07 A1 A8');
    expect(hex(jbfFrame([0x80, 1, 1, 2, 3, 15, 10, 9, 16, 24, 0]))).toBe(
      '82 38 30 30 31 30 31 30 32 30 33 30 3F 30 3A 30 39 31 30 31 38 30 30 3D 31 83',
    );
    expect(hex(jbfFrame([0x80, 1, 1, 2, 3, 14, 10, 9, 16, 24, 0], 'five'))).toBe(
      '82 38 30 30 31 30 31 30 32 30 33 30 3E 30 3A 30 39 31 30 31 38 30 30 38 37 83',
    );
    expect(hex(fusaierFrame(1, 0x99))).toBe('66 F0 01 99 00 00 0A 1E 00 FD');
  });
});

describe('simulated devices', () => {
  it('speak by themselves while they have power, and not after', async () => {
    const { clock, said, device } = started('uart-ultrasonic', { model: 'a02', mounting_height: 3 });
    device.setSignal('level', null, 1.047);
    await clock.advance(600);
    expect(said).toEqual(['FF 07 A1 A7', 'FF 07 A1 A7', 'FF 07 A1 A7']);
    device.setPower(false);
    await clock.advance(10_000);
    expect(said).toHaveLength(3);
    device.setPower(true);
    await clock.advance(300);
    expect(said).toHaveLength(4);
    device.stop();
    await clock.advance(10_000);
    expect(said).toHaveLength(4);
  });

  it('answer only their request byte where they must be asked', async () => {
    const { clock, said, device } = started('uart-ultrasonic', { model: 'aj', mounting_height: 3 });
    device.setSignal('distance', null, 1953);
    await clock.advance(10_000);
    device.hear(Uint8Array.of(0x54));
    await clock.advance(100);
    expect(said).toEqual([]);
    device.hear(Uint8Array.of(0x55));
    await clock.advance(100);
    expect(said).toEqual(['FF 07 A1 A8']);
  });

  it('a panel tells changes once, and after a reset what still stands', async () => {
    const { said, device } = started('jbf-193k');
    const events = () => said.splice(0).map((text) => text.replaceAll(/ ?3(.)/g, '$1').slice(3, 5));
    device.setSignal('fire', '1-1-2', 'alarm');
    device.setSignal('fire', '1-1-3', 'alarm');
    device.setSignal('device_fault', '1-1-4', 'fault');
    device.setSignal('fire', '1-1-9', 'normal');
    expect(events()).toHaveLength(3);
    device.setSignal('device_fault', '1-1-4', 'normal');
    expect(said.splice(0)[0]?.slice(0, 8)).toBe('82 38 32');
    device.setSignal('fire', '1-1-2', 'normal');
    expect(said.map((text) => text.slice(3, 8))).toEqual(['30 31', '38 30']);
  });

  it('refuse what they have no word for', () => {
    const { device } = started('jbf-193k');
    expect(() => device.setSignal('smoke', null, 'alarm')).toThrow(RangeError);
    expect(() => device.setSignal('constructor', null, 'alarm')).toThrow(RangeError);
    expect(() => makeStream('uart-ultrasonic', { model: 'a03' }, new SimClock())).toThrow(RangeError);
    expect(() => makeStream('toString', {}, new SimClock())).toThrow(RangeError);
    expect(() => started('uart-ultrasonic', { model: 'a02' }).device.setSignal('level', null, 1)).toThrow(RangeError);
  });
});

describe('the gateway understands the simulated devices', () => {
  it.each([
    ['eleven', 'alarm'],
    ['five', 'alarm?'],
  ])('a panel whose card counts %s bytes', async (sum, told) => {
    const rig = lineRig([deviceOf({ profile: 'jbf-193k', objects: { kitchen: '1-1-2' } })]);
    const panel = makeStream('jbf-193k', { sum }, rig.clock);
    panel.start((bytes) => rig.say(bytes), rig.clock);
    await rig.clock.advance(1_500);
    expect(rig.now()).toMatchObject({ fire: 'normal', kitchen: 'normal' });
    panel.setSignal('fire', '1-1-2', 'alarm');
    panel.setSignal('fire', '1-1-2', 'alarm');
    panel.setSignal('mains', null, 'lost');
    expect(rig.now()).toMatchObject({ fire: told, kitchen: told, supervisory: 'normal' });
    panel.setSignal('fire', '1-1-2', 'normal');
    panel.setSignal('fire', '1-1-2', 'normal');
    expect(rig.now()).toMatchObject({ mains: sum === 'five' ? 'lost?' : 'lost' });
    expect(String(rig.now()['fire'])).toMatch(/^normal/);
    panel.setPower(false);
    await rig.clock.advance(245_000);
    expect(rig.told).toContain('silent panel');
  });

  it('a panel of two controllers, each with its own supply, reset and unknown events', async () => {
    const objects = { kitchen: '1-1-2', barn: '2-1-2' };
    const rig = lineRig([deviceOf({ profile: 'jbf-193k', objects })]);
    const panel = makeStream('jbf-193k', {}, rig.clock);
    panel.start((bytes) => rig.say(bytes), rig.clock);
    await rig.clock.advance(1_500);
    for (const object of ['1-1-2', '2-1-2']) {
      for (const [signal, state] of [
        ['fire', 'alarm'],
        ['mains', 'lost'],
        ['unknown_event', 'seen'],
      ] as const) {
        panel.setSignal(signal, object, state);
      }
    }
    expect(rig.unknown).toMatchObject([{ event: { code: '53', object: '1-1-2' } }, { event: { object: '2-1-2' } }]);
    panel.setSignal('unknown_event', '2-1-2', 'none');
    expect(rig.now()).toMatchObject({ fire: 'alarm', barn: 'alarm', kitchen: 'alarm', unknown_event: 'seen' });
    panel.setSignal('fire', '2-1-2', 'normal');
    panel.setSignal('mains', '2-1-2', 'normal');
    expect(rig.now()).toMatchObject({
      fire: 'alarm',
      barn: 'normal',
      kitchen: 'alarm',
      mains: 'lost',
      unknown_event: 'seen',
    });
    panel.setSignal('unknown_event', '1-1-2', 'none');
    panel.setSignal('fire', '1-1-2', 'normal');
    panel.setSignal('mains', '1-1-2', 'normal');
    expect(rig.now()).toMatchObject({ fire: 'normal', kitchen: 'normal', mains: 'normal', unknown_event: 'none' });
  });

  it.each(['a02', 'a01', 'jsn', 'aj'])('a sensor of the model %s', async (model) => {
    const options = { model, mounting_height: 3 };
    const sensor = makeStream('uart-ultrasonic', options, new SimClock());
    const rig = lineRig([deviceOf({ profile: 'uart-ultrasonic', options })], {
      onWrite: async (bytes) => sensor.hear(bytes),
    });
    sensor.start((bytes) => rig.say(bytes), rig.clock);
    await rig.clock.advance(2_000);
    expect(rig.now()).toEqual({ level: 1.5 });
    sensor.setSignal('level', null, 1.75);
    await rig.clock.advance(2_000);
    expect(rig.now()).toEqual({ level: 1.75 });
    sensor.setSignal('distance', null, 20);
    await rig.clock.advance(2_000);
    expect(rig.now()).toEqual({ level: 'bad: out-of-range' });
    expect(rig.told).not.toContain('silent panel');
  });

  it('two hosts of electrical-fire supervision on one line', async () => {
    const options = { alarm_means: 'electrical', channels: true };
    const hosts = [1, 2].map((address) => makeStream('fusaier-host', { ...options, address }, new SimClock()));
    const objects = { stage: '2-5-3' };
    const rig = lineRig([
      deviceOf({ profile: 'fusaier-host', id: 'a', address: 1, options }),
      deviceOf({ profile: 'fusaier-host', id: 'b', address: 2, options, objects }),
    ]);
    for (const host of hosts) host.start((bytes) => rig.say(bytes), rig.clock);
    await rig.clock.advance(6_000);
    rig.told.length = 0;
    hosts[1]?.setSignal('warning', '2-5-3', 'high_limit');
    hosts[1]?.setSignal('told_current', '2-5-3', 321);
    expect(rig.told).toEqual(['warning=high_limit', 'stage=high_limit', 'told_current=321']);
    hosts[0]?.setSignal('battery', null, 'fault');
    expect(rig.told.at(-1)).toBe('battery=fault');
    hosts[1]?.setSignal('warning', '2-5-3', 'normal');
    expect(rig.told.slice(4)).toContain('stage=normal');
    hosts[1]?.setSignal('unknown_event', null, 'seen');
    expect(rig.told.at(-1)).toBe('unknown_event=seen');
  });
});
