/** What wants to be looked after: by its day, and by a counter that its device keeps. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadConfigText } from '../../config/load-config.js';
import { parseProfile } from '../../config/profile-library.js';
import type { SiteConfig, UpkeepConfig } from '../../config/site.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { buildVillage } from '../../hardware-sim/village.js';
import { configOf, known, library, siteFile, siteText } from '../config/rig.js';
import { device, point, sharedDisk, VillageRig } from './village-rig.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** From there to the noon of the next day: the same day nearly everywhere. */
const noonMs = dayMs + 10 * hourMs;
/** The wall time at which a SimClock begins. */
const beginWall = new SimClock().wall();

function due(what: UpkeepConfig['what'], dueWall: number): UpkeepConfig {
  const [name, place] = [
    { zh: '烟感', en: 'smoke detector' },
    { zh: '祠堂', en: 'hall' },
  ];
  return { device: device('smoke-1'), name, place, zone: null, what, dueWall };
}

/** A small site whose lines are quiet, so that days pass quickly. */
function site(upkeep: readonly UpkeepConfig[]): SiteConfig {
  const contacts = configOf(siteText());
  return { ...contacts, lines: [], units: [], points: [], pairs: [], outputs: [], plans: [], gpio: null, upkeep };
}

const story = (rig: VillageRig, subject: string) =>
  rig.entries.filter((entry) => entry.subject === subject).map(({ kind, words }) => `${kind} ${words.zh}`);
const raised = (rig: VillageRig) => rig.entriesOf('alarm.raised').map(({ subject }) => subject);

const replacement = 'upkeep:smoke-1:replace';

test('a device is due from its day on, not before: told within the hour, with device, place, what, since when and what to do', async () => {
  const config = site([due('replace', beginWall + noonMs), due('calibrate', beginWall + 300 * dayMs)]);
  const rig = await VillageRig.make({ config });
  await rig.start();
  await rig.clock.advance(noonMs - 2 * hourMs);
  expect(raised(rig)).toEqual([]);
  await rig.clock.advance(3 * hourMs);
  expect(raised(rig)).toEqual([replacement]);
  const [entry] = rig.entriesOf('alarm.raised');
  expect(entry).toMatchObject({ class: 'technical', detail: { due: '2026-11-23' } });
  expect(entry?.words.zh).toBe(
    '提示：祠堂 烟感 更换 2026-11-23 起到期。可能原因：已满站点文件或型号文件规定的使用年限。处理：更换后在站点文件该设备的 installed 填写新日期并重启网关',
  );
  expect(entry?.words.en).toContain('TECHNICAL: hall, smoke detector, replacement: due since 2026-11-23. ');
  // Once, however often it is looked at.
  await rig.clock.advance(5 * hourMs);
  expect(story(rig, replacement)).toHaveLength(1);
  await rig.stop();
});

test('a clock that nobody can trust makes nothing due, a hint is not enough, and an hour after it is set what is due is told', async () => {
  const clock = new SimClock(beginWall, 'untrusted');
  const rig = await VillageRig.make({ clock, config: site([due('calibrate', beginWall - dayMs)]) });
  await rig.start();
  await rig.clock.advance(3 * hourMs);
  clock.setTrust('hinted');
  await rig.clock.advance(2 * hourMs);
  expect(raised(rig)).toEqual([]);
  clock.setTrust('trusted');
  await rig.clock.advance(hourMs);
  expect(raised(rig)).toEqual(['upkeep:smoke-1:calibrate']);
  await rig.stop();
});

test('after a restart it stands as before, told once; it returns at once when the site file names a new day or drops the device', async () => {
  const clock = new SimClock();
  const disk = sharedDisk(clock);
  const old = due('replace', beginWall - dayMs);
  const village = buildVillage(site([old]), clock);
  const live = async (upkeep: readonly UpkeepConfig[]): Promise<VillageRig> => {
    const rig = await VillageRig.make({ clock, village, store: disk(), config: site(upkeep) });
    await rig.start();
    return rig;
  };
  const stands = (rig: VillageRig) => (rig.runtime.alarms.subjects.get(replacement)?.alarm ?? null) !== null;

  const first = await live([old]);
  expect(raised(first)).toEqual([replacement]);
  await first.durable();
  await first.kill();
  // A box without a clock of its own: what stood, stands.
  clock.setTrust('untrusted');
  const second = await live([old]);
  await clock.advance(2 * hourMs);
  expect(stands(second)).toBe(true);
  clock.setTrust('trusted');
  await clock.advance(hourMs);
  expect(stands(second)).toBe(true);
  expect(story(second, replacement)).toEqual([]);
  await second.kill();

  const renewed = await live([due('replace', beginWall + 3000 * dayMs)]);
  expect(story(renewed, replacement)).toEqual(['alarm.returned 提示：祠堂 烟感 更换 已恢复正常']);
  expect(stands(renewed)).toBe(false);
  await renewed.durable();
  await renewed.kill();

  const again = await live([old]);
  expect(raised(again)).toEqual([replacement]);
  await again.durable();
  await again.kill();
  const dropped = await live([]);
  expect(stands(dropped)).toBe(false);
  expect(dropped.entriesOf('alarm.returned')).toHaveLength(1);
  await dropped.stop();
});

test('a counter of wear at its limit is a technical alarm, and none once it was set back', async () => {
  // A model that is there, as if its first register counted how often it has switched.
  const text = readFileSync('config/profiles/xy-md02.yaml', 'utf8')
    .replace(/^tests:.*/ms, '')
    .replace('status: community', 'status: draft')
    .replace('role: measurement', 'role: counter.wear')
    .replace('type: s16', 'type: u16')
    .replace('scale: 0.1', 'scale: 1')
    .replace('unit: °C', 'unit: 次')
    .replace('valid_range: [-40, 125]', 'valid_range: [0, 60000]\n    limits: {high: 10000}');
  const { profile, problems } = parseProfile('xy-md02.yaml', text);
  if (profile === null) throw new Error(JSON.stringify(problems));
  const profiles = { ...library, profiles: new Map([...library.profiles, [profile.id, profile]]) };
  const counter = '  - {id: count-1, profile: xy-md02, line: west, unit: 41, place: 泵房, allow_draft: true}';
  const loaded = loadConfigText(siteFile, siteText(['devices:', `devices:\n${counter}`]), { ...known, profiles });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const rig = await VillageRig.watching({ config: loaded.config });
  const cycles = 'point:count-1/temperature';
  for (const value of [9999, 10_000, 10_001, 0]) {
    rig.village.setPoint(point('count-1/temperature'), value);
    await rig.clock.advance(6000);
  }
  expect(story(rig, cycles)).toEqual([
    expect.stringMatching(/^alarm\.raised 提示：泵房 .* 10000 次，达到报警值 10000 次$/),
    expect.stringMatching(/^alarm\.returned 提示：泵房 /),
  ]);
  await rig.stop();
});
