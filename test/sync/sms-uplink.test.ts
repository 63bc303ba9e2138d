import { describe, expect, test } from 'vitest';
import { summaryText, textMax } from '../../sync/sms/sms-words.js';
import { chief, guard, SmsRig, smsConfig } from './sms-rig.js';

const minute = 60_000;
const fire = '【老城】火警：村委会厨房 感烟 12:00，请立即核实并组织疏散。';
const warning = { class: 'warning', subject: 'point:meter/current' } as const;

describe('who is told', () => {
  test('a fire goes at once to everybody of its class and zone, and is journaled without a number', async () => {
    const rig = new SmsRig();
    rig.tell('alarm.raised');
    await rig.clock.advance(10_000);
    expect(rig.texts).toEqual([`chief: ${fire}`, `guard: ${fire}`]);
    expect(rig.kinds).toEqual(['sms.sent chief alarm', 'sms.sent guard alarm']);
    expect(JSON.stringify([rig.drafts, rig.memory])).not.toMatch(/13[89]00/);
    await rig.clock.advance(2 * minute);
    expect(rig.journal.rowOf('fire', 'sms')?.position).toBe(1);
  });

  test('not of other zones, classes, of points under test, nor twice of one alarm', async () => {
    const rig = new SmsRig();
    rig.tell('alarm.raised', { detail: { service: 'under-test' } });
    rig.tell('alarm.raised', { class: 'supervisory' });
    const first = rig.tell('alarm.raised', { zone: 'west' as never });
    await rig.clock.advance(10_000);
    rig.tell('alarm.raised', { alarm: first.id, zone: 'west' as never });
    await rig.clock.advance(10_000);
    expect(rig.texts).toHaveLength(1);
  });

  test('others after a while, and only what no centre has confirmed', async () => {
    const rig = new SmsRig();
    rig.confirmed.add(rig.tell('alarm.raised', warning).id);
    rig.tell('alarm.raised', { class: 'fault', subject: 'line:3' });
    await rig.clock.advance(110_000);
    expect(rig.texts).toEqual([]);
    await rig.clock.advance(20_000);
    expect(rig.texts).toEqual(['chief: 【老城】故障：三号线路 无应答 12:00，请查看。']);
  });

  test('whoever was told hears the end; what ended before it was told is not told', async () => {
    const rig = new SmsRig(smsConfig({ after_s: { fire: 0, others: 60 } }));
    const { id } = rig.tell('alarm.raised');
    const fault = rig.tell('alarm.raised', { class: 'fault', subject: 'line:3' });
    await rig.clock.advance(20_000);
    rig.tell('alarm.returned', { class: 'fault', alarm: fault.id });
    rig.tell('alarm.reset', { alarm: id });
    await rig.clock.advance(3 * minute);
    expect(rig.texts.slice(2)).toEqual([
      'chief: 【老城】火警已复位：村委会厨房 感烟 12:00。',
      'guard: 【老城】火警已复位：村委会厨房 感烟 12:00。',
    ]);
  });

  test('a test by hand reaches everybody', async () => {
    const rig = new SmsRig();
    rig.tell('test.noted', { class: null, detail: { what: 'uplink', id: 'sms' } });
    rig.tell('test.noted', { class: null, detail: { what: 'uplink', id: 'district' } });
    await rig.clock.advance(10_000);
    expect(rig.modem.sent.map(({ to }) => to)).toEqual([chief, guard]);
    expect(rig.texts[0]).toContain('不是报警');
  });
});

describe('quiet times', () => {
  test('a fire wakes up; of the rest what still stands comes as one message when they end', async () => {
    const rig = new SmsRig(smsConfig(), 23);
    rig.tell('alarm.raised');
    rig.tell('alarm.raised', warning);
    const gone = rig.tell('alarm.raised', { class: 'fault', subject: 'line:3' });
    await rig.clock.advance(60 * minute);
    expect(rig.texts).toHaveLength(2);
    rig.tell('alarm.returned', { class: 'fault', alarm: gone.id });
    rig.restart();
    await rig.clock.advance(6 * 60 * minute);
    expect(rig.modem.sent).toEqual([]);
    await rig.clock.advance(62 * minute);
    expect(rig.texts).toEqual(['chief: 【老城】静默时段内有1条未解除：预警 东区 剩余电流。']);
    await rig.clock.advance(60 * minute);
    expect(rig.texts).toHaveLength(1);
  });

  test('a summary of many fits in two messages', () => {
    const briefs = Array.from({ length: 40 }, (_, n) => `预警 东区${n}号房 剩余电流探测器`);
    const text = summaryText({ site: { name: { zh: '老城', en: '' } } } as never, briefs);
    expect(text.length).toBeLessThanOrEqual(textMax);
    expect(text).toMatch(/40条.*；等。$/);
  });
});

describe('nothing is lost, nothing is told too late', () => {
  test('a modem that hangs: the fire goes afterwards, once, and a restart does not repeat it', async () => {
    const rig = new SmsRig();
    await rig.clock.advance(1_000);
    rig.modem.setUp(false);
    rig.tell('alarm.raised');
    await rig.clock.advance(10 * minute);
    rig.modem.setUp(true);
    await rig.clock.advance(10_000);
    expect(rig.texts).toHaveLength(2);
    await rig.clock.advance(2 * minute);
    expect(rig.journal.rowOf('fire', 'sms')?.position).toBe(1);
    rig.journal.positions = [];
    rig.restart();
    await rig.clock.advance(10_000);
    expect(rig.modem.sent).toEqual([]);
  });

  test('killed while a message goes out: it is told again by the next start, as one that may have come before', async () => {
    const rig = new SmsRig();
    rig.tell('alarm.raised');
    await rig.clock.advance(4_000);
    expect(rig.texts).toHaveLength(1);
    rig.restart();
    await rig.clock.advance(10_000);
    expect(rig.texts).toEqual([`guard: （可能重复）${fire}`]);
    // Only that one, and only once.
    rig.tell('alarm.raised', { subject: 'point:kitchen/smoke', alarm: null });
    await rig.clock.advance(10_000);
    rig.restart();
    await rig.clock.advance(10_000);
    expect(rig.texts).toEqual([]);
  });

  test('an end and a test that went are not sent again by a restart whose positions are old', async () => {
    const rig = new SmsRig();
    const { id } = rig.tell('alarm.raised');
    await rig.clock.advance(10_000);
    rig.tell('alarm.reset', { alarm: id });
    rig.tell('test.noted', { class: null, detail: { what: 'uplink', id: 'sms' } });
    await rig.clock.advance(20_000);
    expect(rig.texts).toHaveLength(6);
    rig.journal.positions = [];
    rig.restart();
    await rig.clock.advance(30_000);
    expect(rig.texts).toEqual([]);
  });

  test('what the network refused before the end of the process is no repetition', async () => {
    const rig = new SmsRig();
    await rig.clock.advance(1_000);
    rig.modem.refusals.push('38');
    rig.tell('alarm.raised', { zone: null, class: 'fault' });
    await rig.clock.advance(2 * minute + 4_000);
    expect(rig.texts).toEqual([]);
    rig.restart();
    await rig.clock.advance(4 * minute);
    expect(rig.texts).toEqual([expect.stringMatching(/^chief: 【/)]);
  });

  test('past its validity it is journaled and not sent; the past of a new uplink is one entry', async () => {
    const rig = new SmsRig();
    await rig.clock.advance(1_000);
    rig.modem.setUp(false);
    rig.tell('alarm.raised');
    await rig.clock.advance(31 * minute);
    rig.modem.setUp(true);
    await rig.clock.advance(2 * minute);
    expect([rig.texts, rig.kinds]).toEqual([[], ['sms.failed - too-late']]);

    const old = new SmsRig();
    for (let n = 0; n < 300; n++) old.tell('alarm.raised', { boot: 'years-ago' as never, wall: 1 });
    await old.clock.advance(2 * minute);
    expect([old.texts.length, old.kinds.length, old.drafts[0]?.detail['count']]).toEqual([0, 1, 300]);
  });

  test('what the network refuses three times is given up, and told; a fire goes again as long as it is worth telling', async () => {
    const refusals = ['CMS 42', 'CMS 42', 'CMS 42', 'CMS 42', 'CMS 42', 'CMS 42', 'CMS 42', 'CMS 42'];
    const small = new SmsRig(smsConfig({ after_s: { fire: 0, others: 0 } }));
    small.modem.refusals.push(...refusals);
    small.tell('alarm.raised', warning);
    await small.clock.advance(5 * minute);
    expect(small.kinds.filter((each) => each.startsWith('sms.failed'))).not.toEqual([]);
    const rig = new SmsRig();
    rig.modem.refusals.push(...refusals);
    rig.tell('alarm.raised');
    await rig.clock.advance(10 * minute);
    expect(rig.kinds.toSorted()).toEqual(['sms.sent chief alarm', 'sms.sent guard alarm']);
  });

  test('the last third of an hour belongs to fire', async () => {
    const rig = new SmsRig(smsConfig({ per_hour_max: 6, after_s: { fire: 0, others: 0 } }));
    for (let n = 0; n < 10; n++) rig.tell('alarm.raised', warning);
    await rig.clock.advance(minute);
    expect(rig.texts).toHaveLength(4);
    rig.tell('alarm.raised');
    await rig.clock.advance(10_000);
    expect(rig.texts).toHaveLength(6);
    await rig.clock.advance(40 * minute);
    expect(rig.kinds.filter((each) => each === 'sms.failed chief limit')).toHaveLength(6);
  });
});

describe('what comes back', () => {
  test('delivery reports are journaled for the recipient, also after a restart', async () => {
    const rig = new SmsRig();
    rig.tell('alarm.raised');
    await rig.clock.advance(10_000);
    rig.modem.events?.onReport({ reference: 0, to: chief, outcome: 'trying' });
    rig.modem.events?.onReport({ reference: 0, to: guard, outcome: 'delivered' });
    rig.modem.events?.onReport({ reference: 0, to: chief, outcome: 'delivered' });
    rig.restart();
    await rig.clock.advance(1_000);
    rig.modem.events?.onReport({ reference: 1, to: '13900139000', outcome: 'failed' });
    expect(rig.kinds.slice(2)).toEqual(['sms.delivered chief', 'sms.failed guard not-delivered']);
  });

  test('an answer acknowledges nothing: of listed numbers it is journaled, of others counted', async () => {
    const rig = new SmsRig();
    await rig.clock.advance(1_000);
    for (const from of ['13800138000', chief, '10086', '+861'])
      rig.modem.events?.onMessage({ from, text: '收到，马上去 13712345678' });
    expect(rig.drafts).toMatchObject([{ kind: 'sms.answered', detail: { recipient: 'chief', received: true } }]);
    expect(JSON.stringify(rig.drafts)).not.toContain('1371');
    expect(rig.uplink.unlisted).toBe(2);
  });
});
