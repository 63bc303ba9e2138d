/** What `gengfu check` points out about a site that it does not refuse. */
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load-config.js';
import { checkNotes } from '../../gateway/check-notes.js';
import { panelNotes } from '../../gateway/check-panel-notes.js';
import { uplinkNotes } from '../../gateway/check-uplink-notes.js';
import { checkAsJson, describeCheck } from '../../gateway/cli/check-table.js';
import { configOf, known, siteText } from '../config/rig.js';
import { httpConfig } from '../sync/http-rig.js';

const chip = 'id: horn, player: {kind: syn6288, path: /dev/ttyS9}';
const card = 'id: card, player: {kind: aplay}';
const amplifier = '  - {id: amp, kind: amplifier, gpio: {pin: 5}, on_control_lost: keep_sounding}\n';

interface Written {
  readonly message: string;
  readonly on?: string;
  readonly outputs?: string;
  readonly more?: string;
  readonly place?: string;
}

/** The good site with two loudspeakers, of which one says the message when the hall burns. */
const siteOf = ({ message, on = 'horn', outputs = '', more = '', place = '正厅' }: Written) =>
  configOf(
    siteText(
      ['siren-main]}', `siren-main], say: [{message: fire, on: [${on}]}]}`],
      ['zone: hall, allow', `zone: hall, place: "${place}", allow`],
      ['plans:', `${outputs}speakers: [{${chip}}, {${card}}]\nmessages: [{id: fire, ${message}}]\n${more}plans:`],
    ),
  );

const notesOf = (written: Written, isThere = true) => checkNotes(siteOf(written), () => isThere);
const longText = '大家快来救火'.repeat(30);

const cases: readonly (readonly [promise: string, written: Written, zh: string, en: string])[] = [
  [
    'a placeholder in single braces is read aloud',
    { message: 'text: "{place}起火了"' },
    '语音 fire 里的 {place} 会被照字面读出；占位符写 {{place}}',
    'written {{place}}',
  ],
  ['so are full-width braces', { message: 'text: "｛place｝起火了"' }, '占位符写 {{place}}', 'read aloud'],
  [
    'an amplifier that no loudspeaker uses stays off',
    { message: 'text: 火', outputs: amplifier },
    '功放 amp',
    'amplifier amp',
  ],
  ['a sign that the chip can not say', { message: 'text: 🔥火' }, '喇叭 horn 的芯片读不出的字：🔥', 'can not say: 🔥'],
  [
    'neither in the name of the place',
    { message: 'text: "{{place}}着火"', place: '𠮷家' },
    '读不出的字：𠮷',
    'say: 𠮷',
  ],
  [
    'a text that the turn of the voice has no time for',
    { message: `text: ${longText}` },
    '一轮语音只有 30 秒，读不完会被截断；缩短文字',
    'a turn of the voice has 30 s',
  ],
  [
    'nor with the longest place',
    { message: 'text: "{{place}}着火"', place: '正'.repeat(60), more: 'cadences: {fire: {voice_s: 10}}\n' },
    '最长约 15 秒，一轮语音只有 10 秒',
    'up to about 15 s',
  ],
];

describe('gengfu check notes', () => {
  it.each(cases)('%s', (_promise, written, zh, en) => {
    expect(notesOf(written)).toEqual([{ zh: expect.stringContaining(zh), en: expect.stringContaining(en) }]);
  });

  it('a turn that all steps of a plan together have no time for', () => {
    const half = '大家快来救火'.repeat(14);
    const config = configOf(
      siteText(
        [
          'siren-main]}',
          'siren-main], say: [{message: a, on: [horn]}], steps: [{after_s: 9, say: [{message: b, on: [horn]}]}]}',
        ],
        ['plans:', `speakers: [{${chip}}]\nmessages: [{id: a, text: ${half}}, {id: b, text: ${half}}]\nplans:`],
      ),
    );
    expect(checkNotes(config, () => true)).toMatchObject([{ zh: expect.stringContaining('读 a、b 最长约 40 秒') }]);
  });

  it('a WAV file that is not there, by its path, and nothing when it is', () => {
    const written = { message: 'file: a.wav', on: 'card' };
    expect(notesOf(written)).toEqual([]);
    expect(notesOf(written, false)).toMatchObject([{ zh: expect.stringContaining('文件不在：/site/a.wav') }]);
  });

  it('nothing of what a speech chip can not say where no speech chip says it', () => {
    expect(notesOf({ message: 'text: 🔥火, file: a.wav', on: 'card' })).toEqual([]);
    expect(notesOf({ message: `text: ${longText}, file: a.wav`, on: 'card' })).toEqual([]);
  });

  it('that nothing sounds when a centre of GB/T 26875.3 is lost, where no plan for faults of all zones sounds', () => {
    const ask = { exists: () => true, isForAll: () => false, today: '2026-11-30' };
    const centre = `uplinks:\n  - {id: fire, kind: gb26875, host: h, port: 1, address: "010203040506"}`;
    const plan = (zones: string) =>
      `plans:\n  - {id: faults, when: {class: fault, zones: ${zones}}, sound: [siren-main]}`;
    const noted = (zones: string | null) =>
      uplinkNotes(
        configOf(siteText(['uplinks:', centre], ...(zones === null ? [] : [['plans:', plan(zones)] as const]))),
        ask,
      ).map(({ en }) => en);
    expect(noted(null)).toEqual([expect.stringContaining('nothing sounds when uplink fire is cut')]);
    expect(noted('[hall]')).toHaveLength(1);
    expect(noted('all')).toEqual([]);
  });

  it('nothing about the examples', async () => {
    const ask = { exists: () => true, isForAll: () => false, today: '2026-11-30' };
    for (const name of ['smallest-site', 'ancient-town', 'district-uplink', 'micro-station', 'district-station']) {
      const loaded = await loadConfig(`config/examples/${name}.yaml`, known);
      expect(loaded.ok && checkNotes(loaded.config, () => true)).toEqual([]);
      expect(loaded.ok && uplinkNotes(loaded.config, ask)).toEqual([]);
      expect(loaded.ok && panelNotes(loaded.config, ask)).toEqual([]);
    }
  });

  describe('of the panel', () => {
    const noted = (keys: string, { exists = true, isForAll = false } = {}) => {
      const text = siteText(['uplinks:', `${keys}\nuplinks:`]);
      return panelNotes(configOf(text), { exists: () => exists, isForAll: () => isForAll }).map(({ zh }) => zh);
    };

    it('that it is on a network without encryption, where it is', () => {
      for (const keys of ['panel: {}', 'panel: {listen: "::1"}', 'panel: {listen: 0.0.0.0, tls: own}']) {
        expect(noted(keys)).toEqual([]);
      }
      for (const listen of ['0.0.0.0', '::', '192.168.1.5']) {
        expect(noted(`panel: {listen: "${listen}", port: 80}`)).toEqual([expect.stringContaining(`${listen}:80`)]);
      }
    });

    it('the files of its certificate: which is not there, and a key that everybody can read', () => {
      const keys = 'panel: {listen: 0.0.0.0, tls: {cert: a.pem, key: b.pem}}';
      expect(noted(keys)).toEqual([]);
      expect(noted(keys, { exists: false })).toEqual([
        expect.stringContaining('tls.cert 不在：/site/a.pem'),
        expect.stringContaining('tls.key 不在：/site/b.pem'),
      ]);
      expect(noted(keys, { isForAll: true })).toEqual([expect.stringContaining('任何人都能读：/site/b.pem')]);
    });

    it('households that no panel shows, by their number', () => {
      expect(noted('households: [{id: h1, door: 王家, care: [other]}]')).toEqual([
        '写了 1 户帮扶户，但没有值班面板，谁也看不到；加上 panel',
      ]);
    });
  });

  describe('of uplinks', () => {
    const password = 'username: me, password_file: pw, mqtt_version: 5';
    const key = (rights: string, notAfter = '2030-01-01') =>
      `\ncommand_keys:\n  - {id: duty, public_key: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", rights: [${rights}], not_after: "${notAfter}"}\n`;
    const noted = (keys: string, more = '', { exists = true, isForAll = false } = {}) => {
      const text = siteText(['kind: mqtt', `kind: mqtt, ${keys}`]);
      const ask = { exists: () => exists, isForAll: () => isForAll, today: '2026-11-30' };
      return uplinkNotes(configOf(`${text}${more}`), ask).map(({ zh }) => zh);
    };

    it('a file that is not there, and a password that everybody can read, by key and path', () => {
      expect(noted(password)).toEqual([]);
      expect(noted(password, '', { exists: false })).toEqual([expect.stringContaining('password_file 不在：/site/pw')]);
      expect(noted(password, '', { isForAll: true })).toEqual([expect.stringContaining('任何人都能读：/site/pw')]);
    });

    it('a token that would travel in clear over a network, and not on this box', () => {
      const ask = { exists: () => true, isForAll: () => false, today: '2026-11-30' };
      const noted = (url: string): readonly string[] => {
        const uplinks = [httpConfig(url, { tokenFile: '/site/token' })];
        return uplinkNotes({ ...configOf(siteText()), uplinks }, ask).map(({ zh }) => zh);
      };
      expect(noted('http://fire.example.cn/api')).toEqual([expect.stringContaining('url 改用 https://')]);
      expect([...noted('https://fire.example.cn/api'), ...noted('http://127.0.0.1:80')]).toEqual([]);
    });

    it('a key that is past its last day, and one that no uplink has a use for', () => {
      expect(noted('commands: true', key('read'))).toEqual([]);
      expect(noted('commands: true', key('read', '2026-11-30'))).toEqual([]);
      expect(noted('commands: true', key('read', '2026-11-29'))).toEqual([expect.stringContaining('已过有效期')]);
      expect(noted('telemetry: none', key('read'))).toEqual([expect.stringContaining('用不上')]);
      expect(noted('receipts: signed', key('receipt'))).toEqual([]);
    });
  });

  it('are shown in the language asked for, twenty at most, and to machines all of them', () => {
    const config = siteOf({ message: 'text: 火' });
    const notes = Array.from({ length: 21 }, (_, at) => ({ zh: `第 ${at}`, en: `no ${at}` }));
    expect(describeCheck(config, [], 'zh', notes)).toMatch(/\n注意：第 19\n注意：另有 1 条，见 --json$/);
    expect(describeCheck(config, [], 'en', notes.slice(0, 1))).toMatch(/\nnote: no 0$/);
    expect(JSON.parse(checkAsJson(config, [], notes))).toMatchObject({ ok: true, notes });
  });
});
