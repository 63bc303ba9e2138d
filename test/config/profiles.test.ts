/** Every profile is tested by existing: whatever lies in config/profiles is found here, and proves itself by its frames. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { channelRow } from '../../config/channel-row.js';
import { describeProblem } from '../../config/problem.js';
import { parseProfile } from '../../config/profile-library.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import { classOfRole } from '../../config/vocabulary.js';
import { profiles } from './rig.js';

const files = readdirSync('config/profiles').sort();
const modbus = [...profiles.profiles.values()].filter((profile) => 'points' in profile);
const vectors = modbus.flatMap((profile) =>
  profile.tests.map((vector) => ({ id: profile.id, request: vector.request, profile, vector })),
);

function bytesOf(frame: string): number[] {
  return frame.split(' ').map((byte) => Number.parseInt(byte, 16));
}

/** CRC-16 as Modbus uses it, low byte first; written here so that a mistake of the product would show. */
function crcIsRight(frame: readonly number[]): boolean {
  let crc = 0xffff;
  for (const byte of frame.slice(0, -2)) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return frame.at(-2) === (crc & 0xff) && frame.at(-1) === crc >>> 8;
}

const word = (frame: readonly number[], at: number): number => ((frame[at] ?? 0) << 8) | (frame[at + 1] ?? 0);
const tableOfFunction: Readonly<Record<number, string>> = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' };

/** Raw value of a wire address in a read reply; null when the request did not ask for it. */
function rawOf(request: readonly number[], reply: readonly number[], table: string, addr: number): number | null {
  const offset = addr - word(request, 2);
  const isAsked = tableOfFunction[request[1] ?? 0] === table && offset >= 0 && offset < word(request, 4);
  if (!isAsked) return null;
  const isBits = table === 'coil' || table === 'discrete';
  return isBits ? ((reply[3 + (offset >> 3)] ?? 0) >> (offset & 7)) & 1 : word(reply, 3 + offset * 2);
}

/** What the profile makes of the reply for `smoke` or `di3`. */
function decode(profile: ModbusProfile, key: string, request: number[], reply: number[]): string | number | null {
  for (const point of profile.points) {
    const row = channelRow(point.key);
    const channel = row === null ? 1 : Number(key.slice(row.name.length));
    if (row === null ? point.key !== key : !(key.startsWith(row.name) && channel >= 1 && channel <= row.channels))
      continue;
    const raw = rawOf(request, reply, point.table, point.addr + channel - 1);
    if (raw === null) return null;
    if (point.states !== undefined) return point.states.find((state) => state.raw === raw)?.key ?? 'unknown-state';
    return (point.type === 's16' && raw > 0x7fff ? raw - 0x10000 : raw) * point.scale + point.offset;
  }
  return null;
}

describe('device profiles', () => {
  it.each(files)('%s is a valid profile', (name) => {
    const text = readFileSync(`config/profiles/${name}`, 'utf8');
    const { profile, problems } = parseProfile(`config/profiles/${name}`, text);
    expect(problems.map((problem) => describeProblem(problem, 'en'))).toEqual([]);
    expect(profile?.id).toBe(name.replace('.yaml', ''));
    // Catalogue numbers and machine paths are of no use to a reader.
    expect(text).not.toMatch(/ref:\d|\/home\/|\/root\//);
  });

  it('the library finds every file and nothing else', () => {
    expect(profiles.problems).toEqual([]);
    expect([...profiles.profiles.keys()].sort()).toEqual(files.map((name) => name.replace('.yaml', '')).sort());
  });

  it.each(modbus)('$id proves itself by at least one frame for what it reads and what it switches', (profile) => {
    expect(profile.tests.some(({ expect }) => Object.keys(expect).length > 0)).toBe(true);
    if (profile.commands !== undefined) expect(profile.tests.some(({ command }) => command !== undefined)).toBe(true);
    expect(profile.evidence.length).toBeGreaterThan(0);
  });

  it.each(vectors)(
    '$id: the frame $request is whole and its reply means what the profile says',
    ({ profile, vector }) => {
      const request = bytesOf(vector.request);
      const reply = bytesOf(vector.reply);
      expect([crcIsRight(request), crcIsRight(reply)]).toEqual([true, true]);
      expect(profile.limits.fc).toContain(request[1]);
      for (const [key, wanted] of Object.entries(vector.expect)) {
        expect({ [key]: decode(profile, key, request, reply) }).toEqual({ [key]: wanted });
      }
    },
  );

  it.each(vectors.filter(({ vector }) => vector.command !== undefined))(
    '$id: the command gives exactly the frame $request',
    ({ profile, vector }) => {
      const write = profile.commands?.[vector.command?.key ?? 'on'];
      if (write === undefined) throw new Error('no such command');
      const [, code, ...rest] = bytesOf(vector.request);
      expect(code).toBe(write.table === 'coil' ? 5 : 6);
      expect(word(rest, 0)).toBe(write.addr + (vector.command?.channel ?? 1) - 1);
      expect(word(rest, 2)).toBe(write.table === 'coil' && write.value === 1 ? 0xff00 : write.value);
    },
  );

  it('a raw value that no state names is unknown, never normal', () => {
    const smoke = profiles.profiles.get('generic-smoke-0010');
    if (smoke === undefined || !('points' in smoke)) throw new Error('no such profile');
    const request = bytesOf('01 03 00 10 00 01 85 CF');
    expect(decode(smoke, 'smoke', request, [1, 3, 2, 0, 7, 0, 0])).toBe('unknown-state');
  });

  it('a life-safety point has a state of the class of its role', () => {
    for (const profile of profiles.profiles.values()) {
      const points =
        'contact' in profile ? [{ role: profile.contact.role, states: [profile.contact.active] }] : profile.points;
      for (const { role, states } of points) {
        const own = classOfRole[role];
        if (own !== null && states !== undefined) expect(states.map(({ severity }) => severity)).toContain(own);
      }
    }
  });
});
