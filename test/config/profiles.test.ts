/** Every profile is tested by existing: whatever lies in config/profiles is found here, and proves itself by its frames. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { channelRow } from '../../config/channel-row.js';
import { describeProblem } from '../../config/problem.js';
import { parseProfile } from '../../config/profile-library.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import { profileTable, summaryOf } from '../../config/profile-table.js';
import { resolveOutput } from '../../config/resolve-output.js';
import { deviceSchema } from '../../config/site-schema.js';
import { classOfRole } from '../../config/vocabulary.js';
import { findReply, replyShapeOf } from '../../drivers/modbus/frame.js';
import { encodeRequest } from '../../drivers/modbus/request-frame.js';
import { makeModel } from '../../hardware-sim/modbus/models.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytesOf, imageOf, isModbusProfile, readAll, siteWith, type Vector, word } from './profile-vectors.js';
import { profiles } from './rig.js';

const files = readdirSync('config/profiles').sort();
const modbus = [...profiles.profiles.values()].filter(isModbusProfile);
const vectors = modbus.flatMap((profile) =>
  profile.tests.map((vector, index) => ({ id: profile.id, nr: index + 1, request: vector.request, profile, vector })),
);
const reads = vectors.filter(({ request }) => Number.parseInt(request.slice(3, 5), 16) <= 4);

/** CRC-16 as Modbus uses it, low byte first; written here so that a mistake of the product would show. */
function withCrc(bytes: readonly number[]): Uint8Array {
  let crc = 0xffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return Uint8Array.of(...bytes, crc & 0xff, crc >>> 8);
}

function crcIsRight(frame: Uint8Array): boolean {
  const whole = withCrc([...frame.subarray(0, -2)]);
  return whole.every((byte, at) => byte === frame[at]);
}

/** What a request asks for that the profile's limits do not allow. */
function beyondLimits({ limits }: ModbusProfile, request: Uint8Array): string[] {
  const [, fc = 0] = request;
  const found: string[] = [];
  if (!limits.fc.includes(fc) || limits.forbidden_fc.includes(fc)) found.push(`function ${fc}`);
  if (fc > 4) return found;
  const [from, count] = [word(request, 2), word(request, 4)];
  const most = limits.single_only ? 1 : fc <= 2 ? (limits.max_bits ?? limits.max_read) : limits.max_read;
  if (count > most) found.push(`${count} at once`);
  const table = { 1: 'coil', 2: 'discrete', 3: 'holding', 4: 'input' }[fc];
  for (const area of limits.forbidden) {
    if (area.table === table && from <= area.to && from + count > area.from) found.push(`${table} ${area.from}`);
  }
  return found;
}

/** A relay of a unit at address 1, as the resolver makes it of a site file; `forS` is not bounded here. */
function relayOf({ id }: ModbusProfile, channel: number, forS?: number) {
  const unit = deviceSchema.parse({ id: 'unit', profile: id, line: 'main', unit: 1 });
  const relay = { device: 'unit', channel, timed_s: forS };
  const output = { id: 'relay', kind: 'siren', relay, on_control_lost: 'go_quiet' } as const;
  const target = resolveOutput(output, [unit], profiles.profiles)?.target;
  if (target?.kind !== 'unit') throw new Error('no relay');
  return target;
}

function firstOptions(profile: ModbusProfile): Pick<Vector, 'variant' | 'options'> {
  const [first] = profile.tests;
  if (first === undefined) throw new Error(`${profile.id} has no test`);
  return first;
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

  it.each(modbus)(
    '$id proves itself by a frame for every point that it reads and for all that it can be told',
    (profile) => {
      const shown = new Set(
        profile.tests.flatMap((each) => [...Object.keys(each.expect), ...Object.keys(each.expect_bad)]),
      );
      const silent = profile.points.filter(({ key, role }) => {
        const row = channelRow(key);
        // A plain number beside others of its kind needs no frame of its own.
        return role !== 'measurement' && role !== 'setting' && !shown.has(row === null ? key : `${row.name}1`);
      });
      expect(silent.map(({ key }) => key)).toEqual([]);
      expect(shown.size).toBeGreaterThan(0);
      const told = profile.tests.flatMap(({ command, action }) => command?.key ?? action ?? []);
      expect(told).toEqual(expect.arrayContaining(profile.actions.map(({ key }) => key)));
      if (profile.commands !== undefined) expect(told).toContain('on');
      if (profile.commands?.timed !== undefined) expect(told).toContain('timed');
      expect(profile.evidence.length).toBeGreaterThan(0);
    },
  );

  it.each(vectors)('$id, frame $nr: $request and its reply are whole and within the limits', ({ profile, vector }) => {
    const request = bytesOf(vector.request);
    const reply = bytesOf(vector.reply);
    expect([crcIsRight(request), crcIsRight(reply)]).toEqual([true, true]);
    const isRefusal = vector.expect_error === 'exception';
    if (!isRefusal) expect(beyondLimits(profile, request)).toEqual([]);
    // The line must find it: right unit, function, length and, of a write, the same address and value.
    const found = findReply(reply, replyShapeOf(request, profile.exceptions.style));
    expect(found).toMatchObject({ start: 0, isException: isRefusal });
    expect(found?.frame.length).toBe(reply.length);
  });

  it.each(reads)('$id, frame $nr: the reply to $request means what the profile says', ({ profile, vector }) => {
    const told = readAll(siteWith(profile, vector), imageOf(profile, vector));
    for (const [key, value] of Object.entries(vector.expect)) {
      expect({ [key]: told.get(key) }).toMatchObject({ [key]: { value, reason: null } });
    }
    for (const [key, reason] of Object.entries(vector.expect_bad)) {
      expect({ [key]: told.get(key) }).toMatchObject({ [key]: { value: null, reason } });
    }
  });

  const switched = vectors.flatMap(({ vector: { command }, ...row }) =>
    command === undefined ? [] : { ...row, command },
  );

  it.each(switched.filter(({ command }) => command.key !== 'timed'))(
    '$id, frame $nr: the command gives exactly $request',
    ({ profile, request, command: { key, channel } }) => {
      const target = relayOf(profile, channel);
      const write = key === 'on' ? target.on : target.off;
      expect(encodeRequest(1, { kind: 'write', ...write })).toEqual(bytesOf(request));
    },
  );

  it.each(switched.filter(({ command }) => command.key === 'timed'))(
    '$id, frame $nr: its own timer is set by exactly $request',
    ({ profile, request, command: { channel, for_s = 0 } }) => {
      const { timed } = relayOf(profile, channel, for_s);
      if (timed === undefined) throw new Error('no timer');
      const { table, address, value, forMs } = timed;
      expect(forMs).toBe(for_s * 1000);
      // A time goes to a coil as it is, which is no switching of a coil.
      const fc = table === 'coil' ? 5 : 6;
      expect(withCrc([1, fc, address >> 8, address & 255, value >> 8, value & 255])).toEqual(bytesOf(request));
    },
  );

  it.each(vectors.filter(({ vector }) => vector.action !== undefined))(
    '$id, frame $nr: the action gives exactly $request',
    ({ profile, vector }) => {
      const action = profile.actions.find(({ key }) => key === vector.action);
      const write = action?.steps.flatMap((step) => ('write' in step ? [step.write] : []))[0];
      if (write === undefined) throw new Error('no such action');
      const { table, addr: address, value, fc } = write;
      expect(fc <= 6 ? [5, 6] : [15, 16]).toContain(fc);
      const request = encodeRequest(1, { kind: 'write', table, address, value, asMany: fc > 6 });
      expect(request).toEqual(bytesOf(vector.request));
    },
  );

  it.each(modbus)(
    '$id reads its simulated module, whose map was typed in from the paper, and finds all well',
    (profile) => {
      const model = makeModel(profile.id, new SimClock());
      model.commission();
      const config = siteWith(profile, firstOptions(profile));
      const told = readAll(config, (table, address) => model.read(table, address));
      const points = config.points.filter(({ source }) => source.kind === 'register');
      expect(told.size).toBeGreaterThanOrEqual(points.length);
      expect([...told].filter(([, { reason }]) => reason !== null)).toEqual([]);
      const alarms = points.flatMap(({ id, severities }) => {
        const state = told.get(id.startsWith('unit/') ? id.slice(5) : (id.split('/')[0] ?? ''))?.value;
        const severity = typeof state === 'string' ? severities[state] : undefined;
        return severity === undefined || severity === 'normal' || severity === 'info' ? [] : [`${id} ${severity}`];
      });
      expect(alarms).toEqual([]);
      // What an installer must set is what the module holds once it was set.
      for (const { table, address, want } of config.units[0]?.setup ?? [])
        expect(model.read(table, address)).toBe(want);
    },
  );

  it.each(vectors)('$id, frame $nr: its simulated module takes $request, or refuses it as the profile says', (row) => {
    const { profile, vector } = row;
    const unit = new SimUnit({ address: 1, model: makeModel(profile.id, new SimClock()) });
    const request = bytesOf(vector.request);
    const [said] = unit.hear(request);
    const found = findReply(said?.bytes ?? new Uint8Array(), replyShapeOf(request, profile.exceptions.style));
    expect(found?.isException).toBe(vector.expect_error === 'exception');
    // A refusal and the answer to a write are the same for every unit of the model; values differ.
    if (vector.expect_error !== undefined || (request[1] ?? 0) > 4) expect(said?.bytes).toEqual(bytesOf(vector.reply));
  });

  it('a raw value that no state names is unknown, never normal', () => {
    const smoke = modbus.find(({ id }) => id === 'generic-smoke-0010');
    if (smoke === undefined) throw new Error('no such profile');
    const told = readAll(siteWith(smoke, { options: {} }), () => 7);
    expect(told.get('smoke')).toMatchObject({ value: null, reason: 'unknown-state' });
  });

  it('the same brand scales one meter and not the other, and a breaker counts its temperature in two ways', () => {
    const frame = (id: string, key: string) =>
      vectors.filter(({ profile, vector }) => profile.id === id && key in vector.expect).map(({ vector }) => vector);
    expect(frame('ddsu666', 'voltage').map(({ expect: { voltage } }) => voltage)).toEqual([230.5]);
    expect(frame('dtsu666', 'voltage_l1').map(({ expect: { voltage_l1 } }) => voltage_l1)).toEqual([230.5]);
    const byVariant = frame('lx47le', 'temp_n').map(({ reply, variant, expect: { temp_n } }) => [
      reply,
      variant,
      temp_n,
    ]);
    expect(byVariant.map(([, variant, value]) => [variant, value])).toEqual([
      [undefined, 65],
      ['v46', 25],
    ]);
    expect(new Set(byVariant.map(([reply]) => reply)).size).toBe(1);
  });

  it('no profile can close a breaker', () => {
    for (const { actions } of modbus) expect(actions.map(({ key }) => key)).not.toContain('close');
  });

  it('a point with states of a class of its own has a state of that class', () => {
    for (const profile of profiles.profiles.values()) {
      const points =
        'contact' in profile
          ? [{ role: profile.contact.role, states: [profile.contact.active] }]
          : isModbusProfile(profile)
            ? profile.points
            : [];
      for (const { role, states } of points) {
        const own = typeof role === 'string' ? classOfRole[role] : null;
        if (own !== null && states !== undefined) expect(states.map(({ severity }) => severity)).toContain(own);
      }
    }
  });

  it('the list shows every profile in one line, Chinese first, with what it rests on', () => {
    const summaries = [...profiles.profiles.values()].map(summaryOf);
    const lines = profileTable(summaries).trimEnd().split('\n');
    expect(lines.length).toBe(summaries.length + 3);
    expect(lines[0]).toMatch(/^编号 id +名称 name/);
    const breaker = lines.find((line) => line.startsWith('lx47le '));
    expect(breaker).toMatch(/智能漏电断路器 .*Modbus +社区 community +B +9 +监测 monitoring +rtu, rtu_over_tcp$/);
    expect(summaries.find(({ id }) => id === 'n4d8b08')).toMatchObject({ points: 16, grade: 'B', kind: 'modbus' });
    expect(summaries.find(({ id }) => id === 'dry-contact-smoke')).toMatchObject({ points: 1, grade: null });
    expect(summaries.find(({ id }) => id === 'lx47le')).toMatchObject({ variants: ['old', 'v46'] });
  });

  it('a directory that can not be read is told instead of an empty list', () => {
    const program = path.resolve('dist/config/print-profiles.js');
    const ended = spawnSync(process.execPath, [program, '--dir', '/nowhere'], { encoding: 'utf8' });
    expect(ended.status).toBe(1);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toMatch(/型号目录读不出.*\n.*CONF-062/);
  });
});
