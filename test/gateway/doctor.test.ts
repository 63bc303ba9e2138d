import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { brandId, type UplinkId } from '../../config/ids.js';
import { readDiskWrites } from '../../drivers/box/disk-writes.js';
import type { DiskWrites } from '../../drivers/driver.js';
import { describeFindings } from '../../gateway/box/describe-findings.js';
import { gatewayFindings } from '../../gateway/box/gateway-findings.js';
import { lookAtFiles } from '../../gateway/box/site-files.js';
import { answerControl } from '../../gateway/command/answer-control.js';
import type { DoctorFacts } from '../../gateway/doctor/doctor-facts.js';
import { CardWrites } from '../../gateway/health/card-writes.js';
import { DataBudget } from '../../gateway/telemetry/data-budget.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { MarkRow } from '../../sync/journal/store.js';
import { billedBytes, type Traffic } from '../../sync/traffic.js';
import { smallSite } from '../hardware-sim/small-site.js';
import { uplinkConfig } from '../uplink-config.js';
import { line, onlyUnits, townConfig, VillageRig } from './village-rig.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const district = brandId<UplinkId>('district');

describe('what is written to the card', () => {
  function watch(mbPerHour: (hour: number) => number) {
    const clock = new SimClock();
    let writes: DiskWrites = { processBytes: 0, deviceBytes: 0 };
    const told: boolean[] = [];
    const card = new CardWrites({
      ...{ clock, commits: () => Math.round(clock.mono() / 60_000), budgetBytes: 50e6 },
      read: async () => writes,
      onFault: (_, isActive) => told.push(isActive),
    });
    card.start();
    const run = async (hours: number): Promise<void> => {
      for (let at = 0; at < hours; at++) {
        const bytes = mbPerHour(Math.round(clock.mono() / hourMs)) * 1e6;
        const { processBytes, deviceBytes } = writes;
        writes = { processBytes: (processBytes ?? 0) + bytes / 2, deviceBytes: (deviceBytes ?? 0) + bytes };
        await clock.advance(hourMs);
      }
    };
    return { card, run, told };
  }

  it('is counted up to a day, from the first hour on', async () => {
    const { card, run, told } = watch(() => 1.5);
    expect(card.figures.deviceBytesPerDay).toBeNull();
    await run(30);
    expect(card.figures.deviceBytesPerDay).toBeGreaterThan(34e6);
    expect(card.figures.deviceBytesPerDay).toBeLessThan(38e6);
    expect(card.figures.commitsPerDay).toBeGreaterThan(1400);
    expect(told).toEqual([]);
  });

  it('over its budget is told once, and taken back only after a whole day that keeps it', async () => {
    const { run, told } = watch((hour) => (hour < 70 ? 3 : 0.5));
    await run(90);
    expect(told).toEqual([true]);
    await run(12);
    expect(told).toEqual([true, false]);
  });

  it('is read from the kernel: this process, and the disk of the folder', async () => {
    const files = new Map([
      ['/proc/self/io', 'rchar: 1\nwrite_bytes: 4096\ncancelled_write_bytes: 9'],
      ['/sys/dev/block/179:2/stat', '1 2 3 4 5 6 1000 8 9 10 11'],
    ]);
    const read = async (path: string): Promise<string> => files.get(path) ?? Promise.reject(new Error(path));
    const card = 179 * 256 + 2;
    expect(await readDiskWrites('/data', { read }, async () => card)).toEqual({
      processBytes: 4096,
      deviceBytes: 512_000,
    });
    files.clear();
    expect(await readDiskWrites('/data', { read }, async () => 0)).toEqual({ processBytes: null, deviceBytes: null });
  });
});

describe('the data budget of an uplink', () => {
  function watch(
    mbPerDay: number,
    budgetMb: number | null,
    marks = new Map<string, MarkRow>(),
    startDay = 1,
    forDays = 99,
  ) {
    const clock = new SimClock(Date.UTC(2026, 10, startDay, 4));
    const told: boolean[] = [];
    const budget = new DataBudget({
      uplinks: [
        {
          ...{ id: district, budgetBytes: budgetMb === null ? null : budgetMb * 1e6, isTls: true },
          traffic: (): Traffic => ({
            sentBytes: Math.min(forDays, clock.mono() / dayMs) * mbPerDay * 1e6,
            receivedBytes: 0,
            connects: 0,
            packets: 0,
          }),
        },
      ],
      clock,
      marks: { isRead: () => true, get: (name) => marks.get(name) ?? null, save: (mark) => marks.set(mark.name, mark) },
      onFault: (_, isActive) => told.push(isActive),
    });
    budget.start();
    return { clock, budget, marks, told };
  }

  it('kept: measurements go on', async () => {
    const { clock, budget, told } = watch(0.8, 30);
    await clock.advance(10 * dayMs);
    expect(budget.mayCarryTelemetry(district)).toBe(true);
    expect(told).toEqual([]);
    const [use] = budget.uses;
    expect(use?.usedBytes).toBeGreaterThan(0.8e6 * 10);
    expect(use?.projectedBytes).toBeGreaterThan(23e6);
    expect(use?.projectedBytes).toBeLessThan(27e6);
  });

  it('nearly used up: measurements rest and it is told, until the next month', async () => {
    const { clock, budget, told } = watch(20, 30, new Map(), 26, 2);
    await clock.advance(2 * dayMs);
    expect(budget.mayCarryTelemetry(district)).toBe(false);
    expect(told).toEqual([true]);
    await clock.advance(3.5 * dayMs);
    expect(told).toEqual([true, false]);
    expect(budget.mayCarryTelemetry(district)).toBe(true);
  });

  it('what was used is remembered over a restart, in the same month only', async () => {
    const first = watch(2, 30);
    await first.clock.advance(4 * dayMs);
    first.budget.stop();
    const again = watch(0, 30, first.marks, 6);
    await again.clock.advance(hourMs);
    expect(again.budget.uses[0]?.usedBytes).toBe(first.budget.uses[0]?.usedBytes);
    const later = watch(0, 30, first.marks, 31);
    await later.clock.advance(hourMs);
    expect(later.budget.uses[0]?.usedBytes).toBe(0);
  });

  it('by a clock that nobody can believe no month ends; without a budget nothing rests', async () => {
    const { clock, budget } = watch(10, 30);
    clock.setTrust('untrusted');
    await clock.advance(5 * dayMs);
    expect(budget.mayCarryTelemetry(district)).toBe(false);
    clock.stepWall(40 * dayMs);
    await clock.advance(hourMs);
    expect(budget.mayCarryTelemetry(district)).toBe(false);
    const free = watch(100, null);
    await free.clock.advance(5 * dayMs);
    expect(free.budget.mayCarryTelemetry(district)).toBe(true);
  });

  it('counts what TCP and IP add', () => {
    const traffic = { sentBytes: 500, receivedBytes: 33, connects: 0 };
    // Two segments and one bare acknowledgement, 52 bytes each, and a part of a third.
    expect(billedBytes({ ...traffic, packets: 2 }, true)).toBe(533 + 156 + Math.round((533 / 1360) * 52));
    expect(billedBytes(traffic, true)).toBe(billedBytes({ ...traffic, packets: 2 }, true));
  });
});

describe('gengfu doctor', () => {
  const facts: DoctorFacts = {
    ...{ doctor: 1, version: '0.2.0', upMs: 3 * dayMs, memoryMb: 90, loopDelayMs: 4, commitMs: 30 },
    clock: { trust: 'trusted', wall: Date.UTC(2026, 10, 30) },
    journal: { epoch: 'e1', isRead: true, oldestWall: null },
    card: { overMs: dayMs, budgetBytes: 50e6, processBytesPerDay: 20e6, deviceBytesPerDay: 30e6, commitsPerDay: 700 },
    uplinks: [
      {
        ...{ id: district, isUp: true, sinceWall: null, error: null, oldestWall: null, unkept: 0, carriedAgoMs: 5000 },
        ...{ queued: { fire: 0, journal: 0, telemetry: 0 }, certificateEndsWall: Date.UTC(2026, 11, 31), test: null },
      },
    ],
    data: [{ uplink: district, usedBytes: 10e6, budgetBytes: 30e6, projectedBytes: 20e6, isResting: false }],
  };
  const files = {
    ...{ journalBytes: 100e6, freeBytes: 20e9, secrets: [], certificate: null },
  };
  const site = smallSite();
  const found = (over: Partial<DoctorFacts> | null, more: Partial<typeof files> = {}) =>
    gatewayFindings(site, over === null ? null : { ...facts, ...over }, { ...files, ...more }, Date.UTC(2026, 10, 30))
      .filter(({ severity }) => severity !== 'ok')
      .map(({ what, severity }) => `${what.en}: ${severity}`);

  it('finds nothing where all is well, and says how it stands in both languages', () => {
    expect(found({})).toEqual([]);
    const lines = gatewayFindings(site, facts, files, Date.UTC(2026, 10, 30));
    expect(describeFindings(lines, 'zh')).toContain(
      '[好] 每天写入存储卡：30 MB（本程序 20 MB，提交 700 次）（应为 50 MB）',
    );
    expect(describeFindings(lines, 'en')).toContain('[ok] uplink district: up; queued 0 (fire 0, telemetry 0)');
  });

  it('says what is wrong and what to do', () => {
    const [uplink] = facts.uplinks;
    const error = { code: 'UPLINK-001', zh: '连不上平台', en: 'the centre can not be reached' };
    const down = uplink === undefined ? [] : [{ ...uplink, isUp: false, error }];
    expect(found({ uplinks: down })).toEqual(['uplink district: problem']);
    const ending = (certificateEndsWall: number) =>
      found({ uplinks: uplink === undefined ? [] : [{ ...uplink, certificateEndsWall }] });
    expect(ending(Date.UTC(2026, 11, 10))).toEqual(['certificate of uplink district: hint']);
    expect(ending(Date.UTC(2026, 10, 29))).toEqual(['certificate of uplink district: problem']);
    expect(found({ card: facts.card && { ...facts.card, deviceBytesPerDay: 45e6 } })).toEqual([
      'written to the card in a day: hint',
    ]);
    expect(found({ card: facts.card && { ...facts.card, deviceBytesPerDay: 60e6 } })).toEqual([
      'written to the card in a day: problem',
    ]);
    expect(found({ memoryMb: 170, loopDelayMs: 600 })).toEqual(['memory: problem', 'reaction delay p99: problem']);
    expect(found({ journal: { ...facts.journal, isRead: false } })).toEqual(['journal: problem']);
    expect(found({}, { freeBytes: 1e8 })).toEqual(['free on the disk: problem']);
    expect(found(null)).toEqual(['gateway: problem']);
    const bad = gatewayFindings(site, null, files, 0).filter(({ severity }) => severity !== 'ok');
    expect(bad.every(({ fix }) => fix !== null)).toBe(true);
  });

  it('says how each way to a centre stands, and what to look at there', () => {
    const [uplink] = facts.uplinks;
    if (uplink === undefined) throw new Error('an uplink');
    const of = (over: Partial<typeof uplink>) =>
      gatewayFindings(
        site,
        { ...facts, data: [], uplinks: [{ ...uplink, ...over, certificateEndsWall: null }] },
        files,
        0,
      )
        .filter(({ area }) => area === 'uplinks')
        .map(
          ({ severity, figure, fix }) =>
            `${severity}: ${figure.en.replace(/;.*/, '')}${fix === null ? '' : ` (${fix.en})`}`,
        );
    const modem = (signalDbm: number | null, sim: 'ready' | 'pin' | null, network: 'home' | 'denied' | null) =>
      of({ way: 'sms', modem: { signalDbm, sim, network } })[1];
    expect(of({ way: 'gb26875', isUp: false })).toEqual([expect.stringMatching(/^problem: down .*knows our address/)]);
    expect(of({ way: 'http', path: { isDead: true, heardAgoMs: 90_000 } })).toEqual([
      expect.stringMatching(/^problem: open, but dead .*whether its receiver runs/),
    ]);
    expect(of({ way: 'sms', modem: { signalDbm: -71, sim: 'ready', network: 'home' } })).toEqual([
      'ok: ready',
      'ok: signal: -71 dBm, SIM: ready, mobile network: registered',
    ]);
    // Short messages are paid for by the piece, not by their bytes.
    const dataOf = (way: 'mqtt' | 'sms') =>
      gatewayFindings(site, { ...facts, uplinks: [{ ...uplink, way }] }, files, 0).filter(({ what }) =>
        what.en.startsWith('data of'),
      ).length;
    expect([dataOf('mqtt'), dataOf('sms')]).toEqual([1, 0]);
    expect(modem(-105, 'ready', 'home')).toMatch(/^hint: signal: -105 dBm.*aerial/);
    expect(modem(-71, 'pin', null)).toMatch(/^problem: .*asks for its PIN.*pin_file/);
    expect(modem(-71, 'ready', 'denied')).toMatch(/^problem: .*refused.*paid for/);
    expect(modem(null, 'ready', null)).toBe('ok: signal: not known yet, SIM: ready, mobile network: not known yet');
    expect(modem(null, null, null)).toBeUndefined();
  });

  it('keys that end, and secrets that others can read, are told', () => {
    const key = (id: string, notAfter: string) => ({ id, publicKey: '', rights: [], zones: null, notAfter });
    const keys = [key('old', '2026-11-29'), key('today', '2026-11-30'), key('new', '2027-11-30')];
    const lines = gatewayFindings({ ...site, commandKeys: keys }, facts, files, Date.UTC(2026, 10, 30, 12));
    expect(lines.filter(({ what }) => what.en.startsWith('command')).map(({ severity }) => severity)).toEqual([
      'problem',
      'hint',
      'ok',
    ]);
    const dir = mkdtempSync(join(tmpdir(), 'gengfu-doctor-'));
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
    const passwordFile = join(dir, 'password');
    writeFileSync(passwordFile, 'secret');
    const uplinks = [uplinkConfig({ passwordFile, keyFile: join(dir, 'none') })];
    const severityOf = (mode: number) => {
      chmodSync(passwordFile, mode);
      const seen = lookAtFiles({ dataDir: dir, uplinks });
      return gatewayFindings(site, facts, seen, 0)
        .filter(({ what }) => what.en.startsWith('file'))
        .map(({ severity }) => severity);
    };
    expect([0o644, 0o640, 0o600].map(severityOf)).toEqual([
      ['problem', 'problem'],
      ['hint', 'problem'],
      ['ok', 'problem'],
    ]);
  });

  it('the running gateway answers from memory, and its samples come to the journal', async () => {
    const town = await townConfig();
    const rig = await VillageRig.watching({ config: onlyUnits(town, line('east'), 'smoke-1'), hasBox: true });
    const keep = vi.spyOn(rig.runtime.journal, 'keepTelemetry');
    await rig.clock.advance(15_000);
    const answer = answerControl(rig.runtime, { ask: 'doctor' }) as DoctorFacts;
    expect(answer).toMatchObject({ doctor: 1, journal: { isRead: true }, clock: { trust: 'trusted' } });
    expect(answer.journal.oldestWall).not.toBeNull();
    expect(answer.data).toHaveLength(1);
    await rig.stop();
    expect(keep.mock.calls.flat(2).map(({ samples }) => samples)).toEqual([1]);
  });
});
