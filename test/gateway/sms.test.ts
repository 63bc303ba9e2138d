/** Short messages as the site file has them: what is checked, what is pointed out, which points they have, and whom another centre spares. */
import { describe, expect, test } from 'vitest';
import { uplinkPoints } from '../../config/resolve-uplink-points.js';
import { smsNotes } from '../../gateway/check-sms-notes.js';
import { uplinkReadings } from '../../gateway/health/uplink-points.js';
import type { UplinkStatus } from '../../gateway/uplink-status.js';
import { problemsOf, siteText } from '../config/rig.js';
import { smsConfig } from '../sync/sms-rig.js';
import { uplinkConfig } from '../uplink-config.js';

const notes = (over: Parameters<typeof smsConfig>[0], hasOther = true, isOpen = false): readonly string[] =>
  smsNotes({ uplinks: [smsConfig(over), ...(hasOther ? [uplinkConfig()] : [])] } as never, isOpen).map(({ en }) => en);

describe('check', () => {
  test('refuses a recipient twice and a zone that is not there, and repeats no number', () => {
    const recipients =
      '{id: a, number: "+8613800138000"}, {id: a, number: "13900139000", zones: [nowhere]}, {id: c, number: "+8613800138000"}';
    const problems = problemsOf(
      siteText(['uplinks:', `uplinks:\n  - {id: sms, kind: sms, port: /dev/ttyUSB2, recipients: [${recipients}]}`]),
    );
    expect(
      problems
        .map(({ code }) => code)
        .filter((code) => code !== 'CONF-042')
        .toSorted(),
    ).toEqual(['CONF-020', 'CONF-020', 'CONF-023']);
    expect(JSON.stringify(problems)).not.toMatch(/13[89]00/);
  });

  test('says nothing of a sound uplink, and what is wrong with others without a number', () => {
    expect(notes({})).toEqual([]);
    expect(notes({}, false).join()).toContain('waits for another centre');
    expect(notes({}, true, true).join()).toMatch(/are personal/);
    expect(notes({ after_s: { fire: 3_600, others: 60 } }).join()).toContain('after_s.fire');
    expect(notes({ per_hour_max: 3 }).join()).toContain('up to 4 messages');
    const noFire = [{ id: 'a', number: '110', classes: ['fault' as const] }];
    expect(notes({ recipients: noFire }).join()).toContain('nobody is told of a fire');
    expect(notes({ recipients: noFire }, false, true).join()).not.toContain('110');
  });
});

test('signal, SIM and network are points that are no alarm', () => {
  const points = uplinkPoints([smsConfig()]);
  const status = { id: 'sms', queued: { fire: 0, journal: 0, telemetry: 0 }, oldestAgeMs: null, unkept: 0 };
  const read = (modem: UplinkStatus['modem']): readonly unknown[] =>
    uplinkReadings(points, [{ ...status, modem } as unknown as UplinkStatus], 1, 1)
      .map(({ pointId, value }) => [pointId, value])
      .slice(3);
  expect(read({ signalDbm: -73, sim: 'ready', network: 'roaming' })).toEqual([
    ['uplink-sms/signal', -73],
    ['uplink-sms/sim', 'ready'],
    ['uplink-sms/network', 'roaming'],
  ]);
  expect(read({ signalDbm: null, sim: 'missing', network: null })).toEqual([
    ['uplink-sms/signal', null],
    ['uplink-sms/sim', 'missing'],
    ['uplink-sms/network', null],
  ]);
  expect(uplinkPoints([uplinkConfig()])).toHaveLength(3);
  expect(points.every(({ class: alarmClass }) => alarmClass === null)).toBe(true);
});
