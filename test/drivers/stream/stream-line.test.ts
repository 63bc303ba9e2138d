import { describe, expect, it } from 'vitest';
import { fusaierFrame, jbfFrame, ultrasonicFrame } from '../../../hardware-sim/stream/dialect-frames.js';
import { deviceOf, lineRig } from './rig.js';

const heartbeat = jbfFrame([0], 'none');
const fire = jbfFrame([0x80, 1, 1, 2, 3, 15, 10, 9, 16, 24, 0]);
const panel = () => deviceOf({ profile: 'jbf-193k', objects: { kitchen: '1-1-2' } });
const host = (address: number) =>
  deviceOf({ profile: 'fusaier-host', id: `host-${address}`, address, options: { alarm_means: 'fire' } });

describe('a stream line', () => {
  it('opens, hears its device, and tells an alarm with its frame and time', async () => {
    const rig = lineRig([panel()]);
    await rig.clock.advance(10);
    rig.say(heartbeat);
    expect(rig.told.slice(0, 2)).toEqual(['up', 'heard panel']);
    expect(rig.now()).toMatchObject({ fire: 'normal', kitchen: 'normal' });
    rig.told.length = 0;
    await rig.clock.advance(100);
    rig.say(fire.subarray(0, 9));
    rig.say(fire.subarray(9));
    expect(rig.told).toEqual(['fire=alarm', 'kitchen=alarm']);
  });

  it('tells the silence of a device once, also of one that was never heard, and its return', async () => {
    const rig = lineRig([panel()]);
    await rig.clock.advance(239_000);
    expect(rig.told).toEqual(['up']);
    await rig.clock.advance(2_000);
    expect(rig.told).toContain('silent panel');
    expect(rig.now()).toMatchObject({ fire: 'bad: silent', kitchen: 'bad: silent' });
    await rig.clock.advance(600_000);
    rig.breakLink();
    expect(rig.now()).toMatchObject({ fire: 'bad: line-down', kitchen: 'bad: line-down' });
    await rig.clock.advance(600_000);
    expect(rig.now()).toMatchObject({ fire: 'bad: silent', kitchen: 'bad: silent' });
    expect(rig.told.filter((told) => told === 'silent panel')).toHaveLength(1);
    rig.say(fire);
    expect(rig.told).toContain('heard panel');
    expect(rig.now()).toMatchObject({ fire: 'alarm', mains: 'normal' });
    await rig.clock.advance(239_000);
    rig.say(heartbeat);
    await rig.clock.advance(239_000);
    expect(rig.told.filter((told) => told === 'silent panel')).toHaveLength(1);
    await rig.clock.advance(2_000);
    expect(rig.told.filter((told) => told === 'silent panel')).toHaveLength(2);
  });

  it('does not take noise or broken frames for a sign of life', async () => {
    const rig = lineRig([panel()]);
    const broken = jbfFrame([0x81, 1, 1, 2, 3, 15], 'none');
    for (let second = 0; second < 250; second++) {
      await rig.clock.advance(1_000);
      rig.say(second % 2 === 0 ? broken : Uint8Array.of(0x82, 0x30, 0xff));
    }
    expect(rig.told).toContain('silent panel');
    expect(rig.told).not.toContain('heard panel');
    expect(rig.unknown).toMatchObject([{ device: 'panel', event: { code: 'bad-sum', isSound: false }, times: 1 }]);
    expect(rig.line.counts).toMatchObject({ frames: 0, badSums: 125 });
  });

  it('hears a broken fire: for the whole at once, for the detector when it is said again, and its bytes are told', async () => {
    const rig = lineRig([panel()]);
    await rig.clock.advance(10);
    rig.say(heartbeat);
    rig.say(jbfFrame([0x80], 'none'));
    expect(rig.now()).toMatchObject({ fire: 'normal' });
    const broken = jbfFrame([0x80, 1, 1, 2, 3, 15], 'none');
    rig.say(broken);
    expect(rig.now()).toMatchObject({ fire: 'alarm?', kitchen: 'normal' });
    expect(rig.unknown.at(-1)).toMatchObject({ device: 'panel', event: { code: 'bad-sum', isSound: false } });
    await rig.clock.advance(5_000);
    rig.say(broken);
    expect(rig.now()).toMatchObject({ fire: 'alarm?', kitchen: 'alarm?' });
  });

  it('opens again whenever the link broke, forgets the half frame, and keeps what the panel said', async () => {
    const rig = lineRig([panel()]);
    await rig.clock.advance(10);
    rig.say(fire);
    rig.say(fire.subarray(0, 20));
    rig.told.length = 0;
    rig.refuse(true);
    rig.breakLink();
    expect(rig.now()).toMatchObject({ fire: 'bad: line-down', kitchen: 'bad: line-down' });
    const lost = rig.told.length;
    await rig.clock.advance(30_000);
    expect(rig.told.slice(lost).every((told) => told === 'down LINK-001')).toBe(true);
    rig.refuse(false);
    await rig.clock.advance(10_000);
    expect(rig.told.at(-1)).toBe('up');
    rig.say(fire.subarray(20));
    expect(rig.told.at(-1)).toBe('up');
    rig.say(heartbeat);
    expect(rig.told).toContain('heard panel');
    expect(rig.now()).toMatchObject({ fire: 'alarm', kitchen: 'alarm' });
  });

  it('opens a deaf link anew, and nobody is told', async () => {
    const rig = lineRig([deviceOf({ profile: 'uart-ultrasonic', options: { model: 'a02', mounting_height: 3 } })]);
    await rig.clock.advance(10);
    rig.say(ultrasonicFrame(1953, true));
    await rig.clock.advance(200_000);
    expect(rig.opens()).toBeGreaterThan(2);
    expect(rig.told).toEqual(['up', 'heard panel', 'level=1.047', 'level=bad: silent', 'silent panel']);
    rig.say(ultrasonicFrame(1953, true));
    expect(rig.told.slice(5)).toEqual(['heard panel', 'level=1.047']);
  });

  it('knows several hosts apart by their addresses, each with its own silence', async () => {
    const rig = lineRig([host(1), host(2)]);
    for (let second = 0; second < 130; second += 10) {
      await rig.clock.advance(10_000);
      rig.say(fusaierFrame(1, 0x99));
      if (second === 0) rig.say(fusaierFrame(2, 0x01, 3, 4));
    }
    expect(rig.told.filter((told) => /heard|silent host/.test(told))).toEqual([
      'heard host-1',
      'heard host-2',
      'silent host-2',
    ]);
    rig.told.length = 0;
    // Its own reset, and one of the network that a silent host may not have heard.
    rig.say(fusaierFrame(1, 0x20, 0, 0));
    rig.say(fusaierFrame(1, 0x20, 1, 1));
    rig.say(fusaierFrame(2, 0x99));
    expect(rig.told).toContain('fire=alarm');
    rig.told.length = 0;
    rig.say(fusaierFrame(1, 0x20, 1, 1));
    expect(rig.told.filter((told) => told === 'fire=normal').length).toBe(2);
  });

  it('tells a host that nobody listed: at once, then every ten minutes with the number of times', async () => {
    const rig = lineRig([
      host(1),
      { ...host(2), config: { ...host(2).config, codecOptions: { alarm_means: 'electrical' } } },
    ]);
    await rig.clock.advance(10);
    for (let second = 0; second < 601; second++) {
      rig.say(fusaierFrame(9, 0x01, 3, 4));
      await rig.clock.advance(1_000);
    }
    expect(rig.unknown).toMatchObject([
      { device: null, times: 1, event: { address: 9, code: '01-fire', object: '3-4' } },
      { device: null, times: 600 },
    ]);
    expect(rig.told.filter((told) => told.includes('alarm'))).toEqual([]);
  });

  it('tells at most twenty unknown things in a minute, however mad the line is', async () => {
    const rig = lineRig([host(1)]);
    await rig.clock.advance(10);
    for (let point = 0; point < 250; point++) rig.say(fusaierFrame(1, 0x44, 1, point));
    expect(rig.unknown).toHaveLength(20);
    await rig.clock.advance(60_000);
    rig.say(fusaierFrame(1, 0x44, 1, 249));
    expect(rig.unknown).toHaveLength(21);
    expect(rig.unknown.at(-1)).toMatchObject({ device: 'host-1', times: 2, event: { object: '1-249' } });
  });

  it('asks where the dialect must be asked, and a link that takes no byte is opened again', async () => {
    let isStuck = false;
    const devices = [deviceOf({ profile: 'uart-ultrasonic', options: { model: 'jsn', mounting_height: 3 } })];
    const rig = lineRig(devices, { onWrite: () => (isStuck ? new Promise(() => {}) : Promise.resolve()) });
    await rig.clock.advance(2_100);
    expect(rig.sent.map(({ atMono }) => Math.round(atMono))).toEqual([0, 500, 1000, 1500, 2000]);
    expect(rig.sent[0]?.bytes).toEqual(Uint8Array.of(0x55));
    isStuck = true;
    await rig.clock.advance(1_000);
    expect(rig.told).toContain('down LINK-006');
    isStuck = false;
    await rig.clock.advance(1_000);
    expect(rig.told.filter((told) => told === 'up')).toHaveLength(2);
    const before = rig.sent.length;
    await rig.clock.advance(5_000);
    expect(rig.sent.length - before).toBe(10);
    await rig.line.stop();
    await rig.clock.advance(60_000);
    expect(rig.sent.length - before).toBe(10);
  });

  it('says nothing after it was stopped', async () => {
    const rig = lineRig([panel()]);
    await rig.clock.advance(10);
    rig.say(heartbeat);
    await rig.line.stop();
    rig.told.length = 0;
    rig.say(fire);
    rig.breakLink();
    await rig.clock.advance(3_600_000);
    expect(rig.told).toEqual([]);
  });
});
