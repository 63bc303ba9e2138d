/** `gengfu doctor` on boxes that do not exist: each thing that an installer trips over is found, with its fix, and nothing else. */
import { describe, expect, it, test } from 'vitest';
import { brandId } from '../../config/ids.js';
import type { OutputConfig, SiteConfig } from '../../config/site.js';
import { smsUplink } from '../../config/uplinks/resolve-plain-uplinks.js';
import { smsUplinkSchema } from '../../config/uplinks/sms-uplink-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { NodeFacts } from '../../gateway/box/box-view.js';
import { glibcFinding } from '../../gateway/box/check-machine.js';
import { flagsFinding } from '../../gateway/box/check-power.js';
import { serviceFindings } from '../../gateway/box/check-service.js';
import { describeFindings } from '../../gateway/box/describe-findings.js';
import { examine } from '../../gateway/box/examine.js';
import { Patience } from '../../gateway/box/patience.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { line, smallSite } from '../hardware-sim/small-site.js';
import { entry } from '../sync/rig.js';
import { uplinkConfig } from '../uplink-config.js';
import { type BoxOptions, boxWall, type Planted, plantBox } from './planted-box.js';

const byId = '/dev/serial/by-id/usb-1a86_USB_Serial-if00-port0';
const usb: Planted = {
  '/dev/ttyUSB0': '',
  [byId]: { to: '../../ttyUSB0' },
  '/sys/devices/usb1/1-1/idVendor': '1a86',
  '/sys/devices/usb1/1-1/idProduct': '7523',
  '/sys/devices/usb1/1-1/product': 'USB Serial',
  '/sys/devices/usb1/1-1/1-1:1.0/ttyUSB0/x': '',
  '/sys/class/tty/ttyUSB0/device': { to: '../../../devices/usb1/1-1/1-1:1.0/ttyUSB0' },
};
const tty: Partial<NodeFacts> = { kind: 'device', uid: 0, gid: 20, mode: 0o660 };
const data: Partial<NodeFacts> = { uid: 990, gid: 990, mode: 0o700 };
const siteWith = (path: string, over: Partial<SiteConfig> = {}): SiteConfig =>
  smallSite({ lines: [line('east', path)], gpio: null, ...over });
const oneLine = siteWith(byId);
const sms = smsUplink(
  () => null,
  smsUplinkSchema.parse({
    id: 'texts',
    kind: 'sms',
    port: '/dev/gengfu-modem',
    recipients: [{ id: 'li', number: '123' }],
  }),
);

/** A box with one adapter that is in order, and what a test says of it; without what every gateway that rests has. */
async function told(options: BoxOptions = {}): Promise<readonly string[]> {
  return (await toldInBoth(options)).map(({ en }) => en);
}

async function toldInBoth(options: BoxOptions): Promise<readonly Words[]> {
  const box = await plantBox({
    ...options,
    files: { ...usb, '/site/data/x': '', '/site/small.yaml': '', ...options.files },
    nodes: { '/dev/ttyUSB0': tty, '/site/data': data, '/site/small.yaml': { gid: 990, mode: 0o640 }, ...options.nodes },
    look: { config: oneLine, ...options.look },
  });
  const usual = /gateway: does not run|free on the disk|time zone|inode/;
  return (await box.told()).filter(({ en }) => !usual.test(en));
}

test('a box that is in order has no finding but that its gateway rests', async () => {
  expect(await told()).toEqual([]);
});

const rows: readonly (readonly [string, BoxOptions, RegExp, RegExp])[] = [
  [
    'an adapter that is gone',
    { look: { config: siteWith('/dev/serial/by-id/gone') } },
    /problem ports: .*is not there/,
    /没有$/,
  ],
  [
    'a name that changes',
    { look: { config: siteWith('/dev/ttyUSB0') } },
    /hint ports: .*order of plugging/,
    /随插拔改变/,
  ],
  [
    'a port of another group',
    { nodes: { '/dev/ttyUSB0': { ...tty, gid: 5 } } },
    /problem ports: .*may not read and write/,
    /不能读写/,
  ],
  [
    'a user outside of its group',
    { files: { '/etc/group': 'dialout:x:20:', '/etc/systemd/system/gengfu.service': 'User=gengfu' } },
    /problem rights: group dialout.*not in it/,
    /不在组内/,
  ],
  [
    'no user',
    { files: { '/etc/passwd': 'root:x:0:0::/root:/bin/sh' } },
    /problem rights: user: there is no user gengfu/,
    /没有用户 gengfu/,
  ],
  [
    'a port held by another program',
    { files: { '/proc/77/fd/3': { to: '/dev/ttyUSB0' }, '/proc/77/comm': 'ModemManager' } },
    /problem ports: .*held by ModemManager \(77\)/,
    /被占用：ModemManager/,
  ],
  [
    'a slow FTDI chip',
    { files: { '/sys/bus/usb-serial/devices/ttyUSB0/latency_timer': '16' } },
    /hint ports: .*waits 16 ms/,
    /FTDI 延时 16 ms/,
  ],
  [
    'the console on the UART',
    {
      files: {
        '/dev/ttyAMA0': '',
        '/dev/serial0': { to: 'ttyAMA0' },
        '/proc/cmdline': 'console=serial0,115200 console=tty1',
      },
      nodes: { '/dev/ttyAMA0': tty },
      look: { config: siteWith('/dev/serial0') },
    },
    /problem ports: .*console is on it/,
    /内核控制台/,
  ],
  [
    'a login on the UART',
    {
      files: { '/dev/ttyAMA0': '', '/etc/systemd/system/getty.target.wants/serial-getty@ttyAMA0.service': '' },
      nodes: { '/dev/ttyAMA0': tty },
      look: { config: siteWith('/dev/ttyAMA0') },
    },
    /problem ports: .*serial-getty/,
    /串口登录/,
  ],
  [
    'a data folder of another user',
    { nodes: { '/site/data': { ...data, uid: 0 } } },
    /problem rights: data folder.*belongs to user 0/,
    /属于用户号 0/,
  ],
  [
    'a data folder that is open',
    { nodes: { '/site/data': { ...data, mode: 0o755 } } },
    /hint rights: data folder.*mode 755/,
    /权限 755/,
  ],
  [
    'a site file that the gateway can not read',
    { nodes: { '/site/small.yaml': { uid: 0, gid: 0, mode: 0o600 } } },
    /problem rights: site file.*can not read/,
    /不能读/,
  ],
  [
    'a clock chip that stands still',
    { files: { '/sys/class/rtc/rtc0/since_epoch': '1795990000' } },
    /hint clock: clock module.*s from the system/,
    /差 -\d+ 秒/,
  ],
  [
    'nobody who keeps the clock',
    { look: { trust: 'untrusted', config: oneLine, wall: 0 } },
    /problem clock: clock: is earlier/,
    /早于本程序/,
  ],
  [
    'a read-only disk',
    { files: { '/proc/self/mountinfo': '29 1 179:2 / / rw - ext4 /dev/mmcblk0p2 ro' } },
    /problem disk: file system.*read-only/,
    /只读/,
  ],
  [
    'a disk in memory',
    { files: { '/proc/self/mountinfo': '29 1 0:25 / / rw - tmpfs tmpfs rw' } },
    /problem disk: file system.*in memory/,
    /在内存里/,
  ],
  [
    'a worn eMMC',
    {
      files: {
        '/sys/devices/mmc/block/mmcblk0/mmcblk0p2/x': '',
        '/sys/dev/block/179:2': { to: '../../devices/mmc/block/mmcblk0/mmcblk0p2' },
        '/sys/block/mmcblk0/device/life_time': '0x01 0x0b',
      },
    },
    /problem disk: storage mmcblk0.*100–110 %/,
    /寿命约用去/,
  ],
  [
    'a weak supply',
    { files: { '/sys/devices/platform/soc/soc:firmware/get_throttled': '50005' } },
    /problem power: supply: the voltage is too low now/,
    /电压过低/,
  ],
  [
    'heat',
    { files: { '/sys/class/thermal/thermal_zone0/temp': '86000' } },
    /problem machine: temperature: 86 °C/,
    /86 °C/,
  ],
  [
    'little memory',
    { files: { '/proc/meminfo': 'MemTotal: 900000 kB\nMemAvailable: 40000 kB' } },
    /problem machine: memory of the box: 40 of 900 MB/,
    /可用 40 MB/,
  ],
  [
    'no network, with a district to tell',
    {
      files: { '/sys/class/net/eth0/operstate': 'down', '/proc/net/route': '' },
      hosts: ['127.0.0.1'],
      knocked: { kind: 'open', tookMs: 3, certificate: null },
      look: { config: siteWith(byId, { uplinks: [uplinkConfig()] }) },
    },
    /problem network: default route/,
    /默认路由/,
  ],
  [
    'an SMS modem that is not there',
    { look: { config: siteWith(byId, { uplinks: [sms] }) } },
    /problem ports: port \/dev\/gengfu-modem \(texts\): is not there/,
    /没有$/,
  ],
  [
    'no network, where only short messages are sent',
    {
      files: { '/dev/gengfu-modem': '', '/proc/net/route': '' },
      nodes: { '/dev/gengfu-modem': tty },
      look: { config: siteWith(byId, { uplinks: [sms] }) },
    },
    /hint network: default route/,
    /默认路由/,
  ],
  [
    'a broker whose name is not found',
    { look: { config: siteWith(byId, { uplinks: [uplinkConfig({ url: 'mqtts://nowhere:8883' })] }) } },
    /problem uplinks: centre of district: the name nowhere/,
    /查不到 nowhere/,
  ],
  [
    'a broker that refuses',
    { hosts: ['127.0.0.1'], look: { config: siteWith(byId, { uplinks: [uplinkConfig()] }) } },
    /problem uplinks: .*ECONNREFUSED/,
    /连不上/,
  ],
  [
    'a broker with the wrong name',
    {
      hosts: ['b'],
      knocked: {
        kind: 'open',
        tookMs: 9,
        certificate: { fault: 'ERR_TLS_CERT_ALTNAME_INVALID', names: 'DNS:c', endsWall: boxWall * 2 },
      },
      look: { config: siteWith(byId, { uplinks: [uplinkConfig({ url: 'mqtts://b:8883' })] }) },
    },
    /problem uplinks: .*ALTNAME/,
    /服务器证书/,
  ],
  [
    'a broker whose certificate ends soon',
    {
      hosts: ['b'],
      knocked: {
        kind: 'open',
        tookMs: 9,
        certificate: { fault: null, names: 'DNS:b', endsWall: boxWall + 86_400_000 },
      },
      look: { config: siteWith(byId, { uplinks: [uplinkConfig({ url: 'mqtts://b:8883' })] }) },
    },
    /hint uplinks: .*good until/,
    /有效期至/,
  ],
];

test.each(rows)('%s is found, and nothing beside it, in both languages', async (_, options, en, zh) => {
  const all = await toldInBoth(options);
  expect(all.filter((each) => en.test(each.en)).map((each) => zh.test(each.zh))).toEqual([true]);
  // A box without network has a dead link as well; the earliest clock is also off the chip.
  expect(all.length).toBeLessThanOrEqual(2);
});

const lampPin = (pin: number): OutputConfig => ({
  ...{
    id: brandId(`lamp-${pin}`),
    name: { zh: '灯', en: 'lamp' },
    kind: 'lamp',
    zone: null,
    onControlLost: 'go-quiet',
  },
  target: { kind: 'pin', pin, activeLow: false },
});
const pinSite = siteWith(byId, { gpio: { driver: 'auto' }, outputs: [lampPin(17)], points: [] });
const chip = (base: number): Planted => ({
  '/sys/class/gpio/gpiochip512/label': 'pinctrl-bcm2711',
  '/sys/class/gpio/gpiochip512/base': String(base),
  '/sys/class/gpio/gpiochip512/ngpio': '58',
});

describe('pins', () => {
  it.each([0, 512])('are told by their number in sysfs, whatever the kernel adds (%i)', async (base) => {
    const box = await plantBox({ files: chip(base), look: { config: pinSite } });
    const found = (await box.findings()).find(({ area }) => area === 'pins');
    expect(found).toMatchObject({
      severity: 'ok',
      figure: { en: expect.stringContaining(`GPIO17 is ${base + 17} in sysfs`) },
    });
  });

  it('that the kernel gave to a bus, that were left exported, and that no board has are found', async () => {
    const claimed = ' gpio-529 (GPIO17              |onewire@11          ) out hi';
    const files = { ...chip(512), '/sys/kernel/debug/gpio': claimed };
    expect(await told({ files, look: { config: pinSite } })).toEqual([
      'problem pins: GPIO17: is claimed by onewire@11',
    ]);
    const left = { ...chip(512), '/sys/kernel/debug/gpio': claimed.replace('onewire@11', 'sysfs') };
    expect(await told({ files: left, look: { config: pinSite } })).toEqual(['hint pins: GPIO17: is exported (sysfs)']);
    const far = { ...pinSite, outputs: [lampPin(70)] };
    expect(await told({ files: chip(512), look: { config: far } })).toEqual([expect.stringContaining('has no GPIO70')]);
    expect(await told({ look: { config: pinSite } })).toEqual([
      expect.stringContaining('problem pins: chip of the pins'),
    ]);
  });
});

describe('the service', () => {
  const unit = (over: Readonly<Record<string, string>>) => {
    const values: Readonly<Record<string, string>> = {
      ...{ LoadState: 'loaded', UnitFileState: 'enabled', ActiveState: 'active', SubState: 'running', NRestarts: '0' },
      ...{ Result: 'success', ExecMainStatus: '0', WatchdogUSec: '10s', NeedDaemonReload: 'no', ...over },
    };
    return serviceFindings((name) => values[name] ?? '', true, values['ActiveState'] === 'active')
      .filter(({ severity }) => severity !== 'ok')
      .map(({ severity, figure }) => `${severity} ${figure.en}`);
  };

  it.each([
    [{}, []],
    [{ UnitFileState: 'disabled' }, ['problem does not start with the box (disabled)']],
    [{ NRestarts: '9', Result: 'watchdog' }, ['problem 9 (watchdog)']],
    [{ WatchdogUSec: '0' }, ['hint is off']],
    [{ NeedDaemonReload: 'yes' }, ['hint its unit file has changed since']],
    [{ LoadState: 'not-found' }, ['hint is not loaded']],
    [
      { ActiveState: 'inactive', SubState: 'dead', WatchdogUSec: '0', ExecMainStartTimestampMonotonic: '0' },
      ['problem inactive (dead); last: not started since the box was'],
    ],
  ])('%o is told as it is', (over, expected) => {
    expect(unit(over)).toEqual(expected);
  });

  it('that failed says why', () => {
    const failed = serviceFindings(
      (name) =>
        ({
          LoadState: 'loaded',
          UnitFileState: 'enabled',
          ActiveState: 'failed',
          SubState: 'failed',
          ExecMainStatus: '2',
        })[name as 'LoadState'] ?? '',
      true,
      false,
    );
    expect(failed[0]).toMatchObject({
      severity: 'problem',
      figure: { en: 'failed (failed); last: a bad site file: gengfu check' },
    });
  });
});

test('flags of the supply, C libraries, and lives of the gateway are judged', async () => {
  expect([0, 0x50000, 0x1, 0x80000].map((flags) => flagsFinding(flags).severity)).toEqual([
    'ok',
    'problem',
    'problem',
    'hint',
  ]);
  expect(['2.36', '2.34', '2.31', null].map((version) => glibcFinding(version).severity)).toEqual([
    'ok',
    'ok',
    'problem',
    'problem',
  ]);
  const life = (n: number, kind: 'gateway.started' | 'gateway.stopped') =>
    ({ ...entry('e1', n, { kind }), wall: boxWall - 1000, position: n, sequence: n }) as const;
  const lives = (all: readonly ReturnType<typeof life>[]) => told({ look: { lives: all } });
  expect(await lives([life(3, 'gateway.started'), life(2, 'gateway.stopped')])).toEqual([]);
  expect(await lives([life(3, 'gateway.started'), life(2, 'gateway.started')])).toEqual([
    expect.stringContaining('hint gateway: last start'),
  ]);
  const many = Array.from({ length: 7 }, (_, n) => life(n, 'gateway.started'));
  expect(await lives(many)).toContainEqual('problem gateway: starts within a day: 7');
});

test('every finding that is not in order has its fix, in both languages, and secrets are in none', async () => {
  const uplinks = [
    uplinkConfig({ url: 'mqtts://b:8883', passwordFile: '/etc/gengfu/pw', certFile: '/etc/gengfu/c.pem' }),
  ];
  const box = await plantBox({
    files: {
      '/etc/gengfu/pw': 'hunter2!',
      '/etc/gengfu/c.pem': 'no certificate hunter2!',
      '/proc/self/mountinfo': '1 1 0:1 / / rw - vfat x rw',
    },
    look: {
      config: siteWith('/dev/ttyUSB7', { uplinks, gpio: { driver: 'auto' }, ups: { board: 'waveshare-e', i2cBus: 1 } }),
    },
  });
  const findings = await box.findings();
  const bad = findings.filter(({ severity }) => severity !== 'ok');
  expect(bad.length).toBeGreaterThan(6);
  for (const { fix } of bad) expect([fix?.zh, fix?.en].every((text) => (text ?? '') !== '')).toBe(true);
  const text = [JSON.stringify(findings), describeFindings(findings, 'zh'), describeFindings(findings, 'en')].join();
  expect(text).not.toContain('hunter2');
  expect(text).toContain('is no PEM certificate');
});

test('a check that never comes back is told, and the others with it', async () => {
  const box = await plantBox({ look: { config: null } });
  const clock = new SimClock();
  const patience = new Patience(clock);
  const outside = { ...box.look.outside, run: () => new Promise<string | null>(() => undefined) };
  const found = examine({ ...box.look, outside }, patience);
  await new Promise((resolve) => setImmediate(resolve));
  await expect.poll(() => clock.advance(15_000).then(() => patience.isStuck)).toBe(true);
  const findings = await found;
  expect(findings).toContainEqual(
    expect.objectContaining({ area: 'service', figure: { zh: '没有及时应答', en: 'did not answer in time' } }),
  );
  expect(findings.some(({ area }) => area === 'machine')).toBe(true);
});
