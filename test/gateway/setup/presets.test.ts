/** Each kind of place with the 24 units of the town: a file that `check` takes, with nothing left but places. */
import { describe, expect, it } from 'vitest';
import { checkNotes } from '../../../gateway/check-notes.js';
import { panelNotes } from '../../../gateway/check-panel-notes.js';
import { uplinkNotes } from '../../../gateway/check-uplink-notes.js';
import { placesNote, placesToFillIn } from '../../../gateway/places-to-fill-in.js';
import type { Answers } from '../../../gateway/setup/answers-schema.js';
import { presetIds } from '../../../gateway/setup/preset.js';
import { presets } from '../../../gateway/setup/presets.js';
import { check, siteFile, townSurvey, written } from './rig.js';

const twoZones: Partial<Answers> = {
  zones: [
    { id: 'hall', name: { zh: '祠堂', en: 'ancestral hall' } },
    { id: 'street', name: '老街' },
  ],
  lines: [
    { at: '/dev/gengfu-east', zone: 'hall' },
    { at: '/dev/gengfu-west', zone: 'street', name: { zh: '西线', en: 'west line' } },
  ],
  sounders: [
    { relay: { device: 'relay-1', channel: 1 }, zone: 'hall' },
    { relay: { device: 'relay-2', channel: 3 }, zone: 'street' },
    { gpio: { pin: 17 }, name: { zh: '全镇警报', en: 'town siren' } },
  ],
  uplink: { url: 'mqtts://mqtt.example:8883', username: 'hongya' },
  panel: { listen: '0.0.0.0', port: 8443 },
};

describe.each(presetIds)('a place of the kind %s', (kind) => {
  it.each([
    ['with nothing but defaults', {}],
    ['with zones, three sirens, a centre and an open panel', twoZones],
  ] as const)('%s: is accepted, budgets included, and only places are left', async (_what, answers) => {
    const { text } = await written(townSurvey(), { kind, ...answers });
    const checked = await check(text);
    if (!checked.ok) throw new Error('it was accepted');
    const { config, budgets } = checked;
    expect(config.units.map(({ id, line, address, profileId }) => `${id} ${line}:${address} ${profileId}`)).toEqual([
      ...Array.from({ length: 12 }, (_, at) => `smoke-${at + 1} east:${at + 1} generic-smoke-0010`),
      ...['io-1 east:20 n4d8b08', 'relay-1 east:30 waveshare-relay8'],
      ...Array.from({ length: 7 }, (_, at) => `smoke-${at + 13} west:${at + 1} generic-smoke-0010`),
      ...['io-2 west:20 n4d8b08', 'io-3 west:21 n4d8b08', 'relay-2 west:30 waveshare-relay8'],
    ]);
    expect(config.lines.map(({ format }) => format?.baud)).toEqual([9600, 19_200]);
    expect(budgets).toHaveLength(2);
    const files = { exists: () => false, isForAll: () => false, today: '2026-11-30' };
    const notes = [...checkNotes(config, files.exists), ...panelNotes(config, files), ...uplinkNotes(config, files)];
    // The password's file is made by hand: it is told, and nothing else is.
    expect(notes.map(({ en }) => en)).toEqual(
      'uplink' in answers ? [expect.stringContaining('password_file of uplink district is not there')] : [],
    );
    const { drill, night, dailyReportAt } = presets[kind];
    expect(config.exercises.drill.dueAfterMs).toBe(drill.dueAfterDays * 86_400_000);
    expect(text).toContain(`daily_report_at: "${dailyReportAt}"`);
    expect(text).toContain(`night: {from: "${night.from}", to: "${night.to}"}`);
    expect(text).toContain(drill.why.zh);
    const places = placesToFillIn(siteFile, text);
    expect(places.map(({ device }) => device)).toEqual(Array.from({ length: 19 }, (_, at) => `smoke-${at + 1}`));
    for (const { at } of places) {
      expect(text.split('\n')[at.line - 1]?.slice(at.column - 1)).toBe('{zh: 待填, en: to be filled in}');
    }
    const [note, ...others] = placesNote(places);
    expect(others).toEqual([]);
    expect(note?.zh).toMatch(/^还有 19 处位置待填：\d+:\d+（smoke-1），.* …；/);
    expect(note?.en).toMatch(/^places to be filled in: 19, at \d+:\d+ \(smoke-1\), /);
  });
});

it('with sirens in zones: who hears what at once and what later follows the kind', async () => {
  const soundOf = async (kind: (typeof presetIds)[number]) => {
    const { text } = await written(townSurvey(), { ...twoZones, kind });
    const checked = await check(text);
    return checked.ok
      ? checked.config.plans.map(({ id, steps }) => [id, ...steps.map(({ sound }) => sound.join(' '))])
      : [];
  };
  expect(await soundOf('ancient-town')).toEqual([
    ['hall-fire', 'siren-hall siren-village'],
    ['street-fire', 'siren-street siren-village'],
  ]);
  expect(await soundOf('mountain-village')).toEqual([
    ['hall-fire', 'siren-hall', 'siren-street siren-village'],
    ['street-fire', 'siren-street', 'siren-hall siren-village'],
  ]);
  expect(await soundOf('care-home')).toEqual([['fire', 'siren-hall siren-street siren-village']]);
});

it('a place that is to be filled in is told to nobody: an alarm falls back on the zone', async () => {
  const { text } = await written(townSurvey());
  const checked = await check(text);
  if (!checked.ok) throw new Error('it was accepted');
  expect(checked.config.units.map(({ place }) => place)).toEqual(checked.config.units.map(() => null));
  expect(checked.config.points.filter(({ place }) => place !== null)).toEqual([]);
});
