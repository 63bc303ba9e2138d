/** What the help desk is sent: everything that helps, and nobody's name, number or key, wherever it stood. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it, test } from 'vitest';
import { collectSupport, packSupport } from '../../gateway/box/support/collect.js';
import { redactYaml } from '../../gateway/box/support/redact-yaml.js';
import { scrub } from '../../gateway/box/support/scrub.js';
import { tarOf } from '../../gateway/box/support/tar.js';
import { smallSite } from '../hardware-sim/small-site.js';
import { httpConfig } from '../sync/http-rig.js';
import { entry, tempDir } from '../sync/rig.js';
import { uplinkConfig } from '../uplink-config.js';
import { boxWall, plantBox } from './planted-box.js';

const pem = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGeheim0123456789\n-----END PRIVATE KEY-----';
const planted = [
  'hunter2!pw',
  'MC4CAQAwBQYDK2VwBCIEIGeheim0123456789',
  'user-7788',
  '王桂英',
  '李守田',
  '13812345678',
  '0557-6012345',
  '走廊尽头的钥匙在花盆下',
  'wangmin',
  'zhaolei',
  'c2FsdC1zYWx0LXNhbHQ',
  'pass-in-url',
  'token-abc-1',
  '12 号院',
  '有三个孩子',
  '赵国栋',
  '8822119',
  '96119',
];

const siteFile = `# 密码 hunter2!pw，电话 13812345678
version: 1
site: {id: small, district: here, name: 小村} # 找 王桂英
uplinks:
  - {id: district, kind: mqtt, url: "mqtts://user-7788:pass-in-url@broker:8883", username: user-7788, password_file: /etc/gengfu/pw}
  - {id: platform, kind: http, url: "http://p", install: {responsible: 赵国栋, mobile: "8822119"}}
  - {id: sms, kind: sms, recipients: [{id: a, number: "96119"}]}
households:
  - id: h1
    door: 12 号院
    people: 王桂英、李守田
    phone: "0557-6012345"
    note: |
      走廊尽头的钥匙在花盆下
      有三个孩子
    care: [elderly-alone]
devices:
  - {id: smoke-1, line: east, unit: 1}
`;

async function collected() {
  const household = {
    id: 'h1',
    door: { zh: '12 号院', en: '12 号院' },
    zone: null,
    care: ['other'],
    people: '王桂英、李守田',
    phone: '0557-6012345',
    note: '有三个孩子',
    near: [],
  } as const;
  const config = smallSite({
    uplinks: [
      uplinkConfig({ username: 'user-7788', passwordFile: '/etc/gengfu/pw', keyFile: '/etc/gengfu/key.pem' }),
      httpConfig('http://p', {
        install: { ...httpConfig('http://p').install, responsible: '赵国栋', mobile: '8822119' },
      }),
    ],
    households: [household],
  });
  const box = await plantBox({
    files: {
      '/etc/gengfu/pw': 'hunter2!pw\n',
      '/etc/gengfu/key.pem': pem,
      '/site/small.yaml': siteFile,
      '/site/profiles/own.yaml': '# of 李守田, 13812345678\nid: own\nnote: 有三个孩子\n',
      '/site/data/panel/users.json': JSON.stringify({
        users: [{ user: 'wangmin', password: { salt: 'c2FsdC1zYWx0LXNhbHQ', hash: 'x'.repeat(44) } }],
      }),
    },
    prints: {
      journalctl: `gengfu[1]: sign-in wangmin hunter2!pw\n${pem}\nzhaolei: call 138-1234-5678 赵国栋 8822119 token=token-abc-1\nall is well\n`,
    },
  });
  const about = (n: number, over: Parameters<typeof entry>[2]) => ({
    ...entry('e1', n, over),
    position: n,
    sequence: n,
  });
  const entries = [
    about(5, {
      kind: 'user.signed_in',
      words: { zh: 'wangmin 登录面板', en: 'wangmin signed in' },
      origin: 'panel:wangmin',
      detail: { user: 'wangmin', from: '10.0.0.9' },
    }),
    about(4, {
      kind: 'shift.taken',
      origin: 'panel:wangmin',
      detail: { person: '王桂英', note: '有三个孩子', before: '李守田' },
    }),
    about(3, {
      kind: 'call.reported',
      words: { zh: '电话报警：12 号院，李守田', en: 'somebody phoned: 李守田' },
      origin: 'panel:zhaolei',
      detail: { place: '12 号院', what: '13812345678' },
    }),
    about(2, { kind: 'alarm.acknowledged', origin: 'cli:zhaolei', detail: { acknowledged_by: 'panel:zhaolei' } }),
    about(1, { kind: 'alarm.raised', words: { zh: '火警：祠堂', en: 'fire: hall' } }),
  ];
  const status = {
    alarms: [],
    services: [{ subject: 'smoke-1', by: 'panel:zhaolei' }],
    requests: [{ note: '13812345678' }],
    saying: [{ words: '王桂英' }],
  };
  const files = await collectSupport({
    ...{ view: box.look.view, outside: box.look.outside, config, siteFile: '/site/small.yaml', askers: ['zhaolei'] },
    ...{
      doctor: { findings: await box.findings() },
      selftest: { figures: [] },
      status,
      versions: { version: '1' },
      entries,
    },
  });
  return files;
}

it('holds no secret and no name that was planted anywhere, packed or not, and still what helps', async () => {
  const files = await collected();
  const text = gunzipSync(packSupport(files, 'gengfu-support', boxWall)).toString('utf8');
  expect(planted.filter((secret) => text.includes(secret))).toEqual([]);
  expect(text).not.toContain('1234-5678');
  expect(files.map(({ name }) => name)).toEqual([
    'versions.json',
    'doctor.json',
    'selftest.json',
    'status.json',
    'site.yaml',
    'profiles/own.yaml',
    'journal.jsonl',
    'service.log',
  ]);
  for (const kept of [
    'all is well',
    '火警：祠堂',
    'user.signed_in',
    '"cli"',
    'id: smoke-1',
    '/etc/gengfu/pw',
    'broker:8883',
  ])
    expect(text).toContain(kept);
});

test('lines of a site file keep their numbers; of one that is no YAML only the keys are left', () => {
  const lines = redactYaml(siteFile).split('\n');
  expect(lines).toHaveLength(siteFile.split('\n').length);
  expect(lines.findIndex((line) => line.includes('smoke-1'))).toBe(
    siteFile.split('\n').findIndex((line) => line.includes('smoke-1')),
  );
  const broken = 'site: {id: x\nphone: 13812345678\n  - 王桂英\n# note\n';
  expect(redactYaml(broken)).toBe('site:\nphone:\n#\n#\n');
});

test('what is no secret stays: addresses, moments, names of adapters, numbers of lines', () => {
  const text =
    'usb-FTDI_FT232R_USB_UART_A50285BI-if00-port0 at 192.168.1.10:8883, 2026-11-30 14:00:00, 1795996800000\nmonkey wangmins';
  expect(scrub(text, { values: [], names: ['wangmin', 'x'] })).toBe(text);
});

test('any tar unpacks it', () => {
  const path = `${tempDir()}/a.tar`;
  writeFileSync(
    path,
    tarOf(
      [
        { name: 'a/one.txt', bytes: Buffer.from('一') },
        { name: 'a/two', bytes: Buffer.alloc(1000, 'x') },
      ],
      boxWall,
    ),
  );
  expect(execFileSync('tar', ['tf', path], { encoding: 'utf8' })).toBe('a/one.txt\na/two\n');
  expect(execFileSync('tar', ['xOf', path, 'a/one.txt'], { encoding: 'utf8' })).toBe('一');
});
