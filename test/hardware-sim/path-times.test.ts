import { expect, it } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { Observation } from '../../gateway/observation.js';
import { PathTimes, pathLine } from '../../hardware-sim/demo/path-times.js';
import { withAllUplinks } from '../../hardware-sim/demo/uplink-doors.js';

const entry = (id: string, alarmClass: string): Observation =>
  ({ kind: 'entry', entry: { id, kind: 'alarm.raised', class: alarmClass, subject: 'point:x', detail: {} } }) as never;
const carried = (entryId: string, uplink: string): Observation =>
  ({ kind: 'report.carried', entryId, uplink, durable: true, tookMs: 1 }) as never;

it('tells of each way when it first confirmed the first fire, from the fire on', () => {
  const times = new PathTimes();
  times.see(entry('before', 'fire'), 1);
  times.fireSeen(1_000);
  times.see(entry('fault', 'fault'), 1_100);
  times.see(entry('fire', 'fire'), 1_200);
  times.see(entry('later', 'fire'), 1_300);
  times.see(carried('before', 'mqtt'), 1_350);
  times.see(carried('fire', 'gb26875'), 1_400);
  times.see(carried('fire', 'gb26875'), 1_900);
  times.see(carried('later', 'sms'), 2_000);
  const told = times.of([brandId('mqtt'), brandId('gb26875'), brandId('sms')]);
  expect(told.map(({ tookMs }) => tookMs)).toEqual([null, 400, null]);
  expect(told.map((each) => pathLine(each).en)).toContain('✓ gb26875: confirmed 400 ms after the fire');
});

it('writes a site file that tells four centres and nobody else', () => {
  const places = {
    brokerUrl: 'mqtt://127.0.0.1:1',
    gbPort: 2,
    httpUrl: 'http://127.0.0.1:3/fire',
    modemPath: '/tmp/m',
  };
  const text = withAllUplinks('version: 1\nuplinks: [{id: old, kind: mqtt}]\n', places);
  expect(text).toContain('version: 1');
  expect(text).not.toContain('old');
  expect(text.match(/kind: \w+/g)).toEqual(['kind: mqtt', 'kind: gb26875', 'kind: http', 'kind: sms']);
});
