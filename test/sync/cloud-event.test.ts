import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { StoredEntry } from '../../sync/journal/entry.js';
import { reportSchema } from '../../sync/messages/report.js';
import { reportTopic, toCloudEvent } from '../../sync/mqtt/cloud-event.js';
import { ExternalCodes } from '../../sync/mqtt/external-codes.js';
import { toRfc3339, wallOfDay } from '../../sync/mqtt/rfc3339.js';
import type { Report } from '../../sync/uplink.js';
import { entry, seeded, stored } from './rig.js';

const address = { district: brandId<never>('yangshuo'), site: brandId<never>('old-town') };

const told = (report: Report, codes: ExternalCodes | null = null, isShort = false) =>
  JSON.parse(Buffer.from(toCloudEvent({ ...address, uplink: brandId('district'), codes }, report, isShort)).toString());
const stays = (row: StoredEntry, previous = 0): Report => ({
  durable: true,
  entry: row,
  previous,
  isHistorical: false,
});

/** Every message made here is one that a receiver takes. */
function isValid(event: unknown): boolean {
  const parsed = reportSchema.safeParse(event);
  if (!parsed.success) throw parsed.error;
  return true;
}

describe('a CloudEvent', () => {
  test('of a stored entry has the attributes of version 1.0, its sequence and the one before it as texts', () => {
    const row = stored(7, {
      wall: Date.UTC(2026, 10, 22, 2, 3, 4, 56),
      zone: brandId('hall'),
      detail: { value: 'fire' },
    });
    const event = told({ durable: true, entry: row, previous: 5, isHistorical: true });
    expect(event).toEqual({
      specversion: '1.0',
      id: 'e1-boot1-7',
      source: '/gengfu/yangshuo/old-town/e1',
      type: 'gengfu.alarm.raised',
      time: '2026-11-22T02:03:04.056Z',
      subject: 'point:smoke-1/smoke',
      datacontenttype: 'application/json',
      sequence: '000000000007',
      previous: '000000000005',
      data: {
        durable: true,
        uplink: 'district',
        lane: 'fire',
        position: 7,
        historical: true,
        kind: 'alarm.raised',
        class: 'fire',
        alarm: null,
        zone: 'hall',
        words: row.words,
        origin: null,
        boot: 'boot1',
        mono: 1_234.5,
        clock: 'trusted',
        detail: { value: 'fire' },
      },
    });
    expect(isValid(event)).toBe(true);
  });

  test('of a report from memory has the same id, and neither sequence nor predecessor nor position', () => {
    const event = told({ durable: false, entry: entry('e1', 7), isHistorical: false });
    expect(event).toMatchObject({ id: 'e1-boot1-7', data: { durable: false } });
    for (const key of ['sequence', 'previous']) expect(event).not.toHaveProperty(key);
    for (const key of ['position', 'historical', 'codes']) expect(event.data).not.toHaveProperty(key);
    expect(isValid(event)).toBe(true);
  });

  test('that is short says so, and its detail is left out', () => {
    const event = told(stays(stored(3, { detail: { text: 'x' } })), null, true);
    expect(event.data).toMatchObject({ detailOmitted: true });
    expect(event.data).not.toHaveProperty('detail');
    expect(isValid(event)).toBe(true);
  });

  test('carries the codes of the platform that exist: of the site, the building, the device or one object of it', () => {
    const codes = new ExternalCodes({
      site: { id: address.site, district: address.district, name: { zh: '', en: '' }, code: '450321001' },
      zones: [
        { id: brandId('hall'), name: { zh: '', en: '' }, code: 'B-7' },
        { id: brandId('lane'), name: { zh: '', en: '' }, code: null },
      ],
      codes: new Map([
        ['smoke-1', 'D-1'],
        ['panel-1/p2', 'D-9.2'],
      ]),
    });
    const codesOf = (subject: string, zone: string | null): unknown => {
      const event = told(stays(stored(1, { subject, zone: zone === null ? null : brandId(zone) })), codes);
      expect(isValid(event)).toBe(true);
      return event.data.codes;
    };
    expect(codesOf('point:smoke-1/smoke', 'hall')).toEqual({ site: '450321001', building: 'B-7', device: 'D-1' });
    expect(codesOf('unit:smoke-1', 'lane')).toEqual({ site: '450321001', device: 'D-1' });
    expect(codesOf('point:panel-1/p2', null)).toEqual({ site: '450321001', device: 'D-9.2' });
    expect(codesOf('point:panel-1/p3', null)).toEqual({ site: '450321001' });
    expect(codesOf('line:smoke-1', null)).toEqual({ site: '450321001' });
  });

  test('goes to the topic of its class, or to operation when it has none', () => {
    const topicOf = (row: StoredEntry): string => reportTopic(address, stays(row));
    expect(topicOf(stored(1))).toBe('gengfu/v1/yangshuo/old-town/report/fire');
    expect(topicOf(stored(1, { class: null }))).toBe('gengfu/v1/yangshuo/old-town/report/operation');
  });

  test.each([
    ['an attribute that nobody knows', (event: Record<string, unknown>) => ({ ...event, extra: 1 })],
    ['a stored report without its predecessor', ({ previous: _, ...event }: Record<string, unknown>) => event],
    ['a class of its own', (event: Record<string, unknown>) => withData(event, { class: 'smoke' })],
    ['a kind of its own', (event: Record<string, unknown>) => withData(event, { kind: 'alarm.maybe' })],
    ['a position of 0', (event: Record<string, unknown>) => withData(event, { position: 0 })],
    ['historical: false', (event: Record<string, unknown>) => withData(event, { historical: false })],
  ])('is refused by its schema with %s', (_name, change) => {
    const event = told(stays(stored(1)));
    expect(isValid(event)).toBe(true);
    expect(reportSchema.safeParse(change(event)).success).toBe(false);
  });
});

function withData(event: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  return { ...event, data: { ...(event['data'] as object), ...over } };
}

test('every day from 1900 to 2400 begins where the calendar says', () => {
  for (let day = Date.UTC(1900, 0, 1); day < Date.UTC(2400, 0, 1); day += 86_400_000) {
    const date = new Date(day);
    const begins = wallOfDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
    if (begins !== day) expect([date.toISOString(), begins]).toEqual([date.toISOString(), day]);
  }
});

test('our RFC 3339 agrees with the calendar on every kind of day from 1970 to 2400', () => {
  const random = seeded(5);
  const ends = [1972, 1999, 2000, 2023, 2024, 2100, 2400].flatMap((year) => [
    Date.UTC(year, 1, 28, 23, 59, 59, 999),
    Date.UTC(year, 1, 29),
    Date.UTC(year, 2, 1),
    Date.UTC(year, 11, 31, 23, 59, 59, 999),
  ]);
  const anyTimes = [...Array(5_000).keys()].map(() => Math.floor(random() * Date.UTC(2400, 0, 1)));
  for (const wall of [0, ...ends, ...anyTimes]) expect(toRfc3339(wall)).toBe(new Date(wall).toISOString());
});
