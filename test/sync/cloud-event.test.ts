import { describe, expect, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import { reportTopic, toCloudEvent } from '../../sync/mqtt/cloud-event.js';
import { toRfc3339 } from '../../sync/mqtt/rfc3339.js';
import { entry, seeded, stored } from './rig.js';

const address = { district: brandId<never>('yangshuo'), site: brandId<never>('old-town') };

describe('a CloudEvent', () => {
  test('of a stored entry has the attributes of version 1.0, and its sequence as a text', () => {
    const row = stored(7, {
      wall: Date.UTC(2026, 10, 22, 2, 3, 4, 56),
      zone: brandId('hall'),
      detail: { value: 'fire' },
    });
    expect(
      JSON.parse(
        Buffer.from(toCloudEvent(address, { durable: true, entry: row, previous: 0, isHistorical: false })).toString(),
      ),
    ).toEqual({
      specversion: '1.0',
      id: 'e1-boot1-7',
      source: '/gengfu/yangshuo/old-town/e1',
      type: 'gengfu.alarm.raised',
      time: '2026-11-22T02:03:04.056Z',
      subject: 'point:smoke-1/smoke',
      datacontenttype: 'application/json',
      sequence: '000000000007',
      data: {
        durable: true,
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
  });

  test('of a report from memory has the same id and no sequence', () => {
    const event = JSON.parse(
      Buffer.from(toCloudEvent(address, { durable: false, entry: entry('e1', 7), isHistorical: false })).toString(),
    );
    expect(event).toMatchObject({ id: 'e1-boot1-7', data: { durable: false } });
    expect(event).not.toHaveProperty('sequence');
  });

  test('goes to the topic of its class, or to operation when it has none', () => {
    const topicOf = (row: ReturnType<typeof stored>): string =>
      reportTopic(address, { durable: true, entry: row, previous: 0, isHistorical: false });
    expect(topicOf(stored(1))).toBe('gengfu/v1/yangshuo/old-town/report/fire');
    expect(topicOf(stored(1, { class: null }))).toBe('gengfu/v1/yangshuo/old-town/report/operation');
  });
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
