/** Every stream profile is tested by existing: its frames go through the product's codec and device. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkStreams } from '../../../drivers/stream/codec-problems.js';
import { StreamDevice } from '../../../drivers/stream/stream-device.js';
import { simStreamProfiles } from '../../../hardware-sim/stream/sim-stream.js';
import { bytesOf, codecs, deviceOf, lastOf, streamProfiles } from './rig.js';

const profiles = [...streamProfiles.values()];
const vectors = profiles.flatMap((profile) =>
  profile.tests.map((vector) => ({ id: profile.id, bytes: vector.bytes, profile, vector })),
);

describe('stream profiles', () => {
  it('are there, and each has a simulated device', () => {
    expect(profiles.length).toBeGreaterThanOrEqual(3);
    expect([...simStreamProfiles].sort()).toEqual(profiles.map(({ id }) => id).sort());
  });

  it.each(profiles)('$id is named after its file, has evidence, and its codec takes its options', (profile) => {
    expect(streamProfiles.get(profile.id)).toBe(profile);
    expect(profile.evidence.some(({ grade }) => grade !== 'C')).toBe(true);
    expect(profile.tests.some(({ expect }) => Object.keys(expect).length > 0)).toBe(true);
    for (const { options } of profile.tests) {
      expect(checkStreams([deviceOf({ profile: profile.id, options }).config], codecs)).toEqual([]);
    }
    expect(readFileSync(`config/profiles/${profile.id}.yaml`, 'utf8')).not.toMatch(/ref:\d|KS:|\/root\//);
  });

  it.each(profiles)('$id: every event leads to a point and a state that there is', (profile) => {
    const states = new Map(profile.points.map(({ key, states: all }) => [key, all?.map((state) => state.key)]));
    const { unknown } = profile;
    for (const { code, point, state, rest } of [...profile.events, { ...unknown, code: 'unknown', rest: undefined }]) {
      const named = [...(point === undefined ? [] : [point]), ...(Array.isArray(rest) ? rest : [])];
      for (const key of named) expect([...states.keys()], code).toContain(key);
      if (state !== undefined) expect(states.get(point ?? ''), code).toContain(state);
    }
    const codes = profile.events.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const touched = [...profile.events, ...(unknown === undefined ? [] : [unknown])].flatMap(
      ({ point }) => point ?? [],
    );
    expect(profile.points.map(({ key }) => key).filter((key) => !touched.includes(key))).toEqual([]);
  });

  it.each(vectors)('$id: the bytes $bytes mean what the profile says', ({ profile, vector }) => {
    const { config, points } = deviceOf({ profile: profile.id, options: vector.options });
    const framer = codecs.get(config.codec)?.create(config.codecOptions);
    const events = framer?.push(bytesOf(vector.bytes), 0).filter(({ isSound }) => isSound) ?? [];
    expect(framer?.heldBytes).toBe(0);
    if (vector.ignored) {
      expect(events).toEqual([]);
      return;
    }
    expect(events).toHaveLength(1);
    const [event] = events;
    if (event === undefined) return;
    expect(event.object).toBe(vector.object ?? null);
    expect(event.isDoubtful).toBe(vector.doubtful);
    const device = new StreamDevice({
      config,
      points,
      nextFrame: () => 1,
      standing: new Map(),
      onUnknown: (unknown) => expect.unreachable(`unknown code ${unknown.code}`),
    });
    const readings = device.hear(event, 0);
    const told = lastOf(
      readings.map((reading) => (reading.quality === 'good' ? { ...reading, confirmed: true } : reading)),
    );
    expect(told).toMatchObject(vector.expect);
    for (const [point, reason] of Object.entries(vector.expect_bad)) expect(told[point]).toBe(`bad: ${reason}`);
  });
});
