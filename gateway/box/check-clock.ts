/** Whose clock is right: who keeps it, how far it is off, the clock chip, the time zone. Nothing is set. */
import { localZone } from '../../drivers/time-zone.js';
import { type Finding, findingsOf, plain, words } from './finding.js';
import type { BoxLook } from './look.js';

const { ok, hint, problem } = findingsOf('clock');
const keepers: readonly (readonly [path: string, keeper: string])[] = [
  ['/run/systemd/timesync/synchronized', 'systemd-timesyncd'],
  ['/run/chrony/chronyd.pid', 'chrony'],
  ['/run/chronyd.pid', 'chrony'],
  ['/run/ntpd.pid', 'ntpd'],
];
/** This program was written after it, ms since 1970 (2026-01-01): a clock before it is wrong. */
const writtenWall = 1_767_225_600_000;
/** An entry that is more than a minute off confuses whoever compares it with a film. */
const offMaxS = 60;
const rtcOffMaxS = 5;

export async function checkClock(look: BoxLook): Promise<readonly Finding[]> {
  return [await keptFinding(look), ...(await rtcFindings(look)), zoneFinding(look)];
}

async function keptFinding({ view, outside, wall, trust }: BoxLook): Promise<Finding> {
  const what = words('时钟', 'clock');
  const marks = await Promise.all(
    keepers.map(async ([path, keeper]) => ((await view.stat(path)) === null ? [] : [keeper])),
  );
  const by = [...new Set(marks.flat())];
  const told = {
    trusted: words('可信', 'trusted'),
    hinted: words('仅供参考', 'only hinted'),
    untrusted: words('不可信', 'not trusted'),
  }[trust];
  const offS = await offsetS(outside, by);
  const off = offS === null ? plain('') : words(`，偏差 ${offS} 秒`, `, off by ${offS} s`);
  const kept = by.length === 0 ? words('没有校时程序', 'nobody keeps it') : plain(by.join(', '));
  const figure = words(`${told.zh}；${kept.zh}${off.zh}`, `${told.en}; ${kept.en}${off.en}`);
  const set = words(
    '接通网络校时：timedatectl set-ntp true（或 chrony），或装时钟模块',
    'let the network set it: timedatectl set-ntp true (or chrony), or fit a clock module',
  );
  if (wall < writtenWall)
    return problem(what, words('早于本程序的编写时间', 'is earlier than this program was written'), set);
  if (offS !== null && Math.abs(offS) > offMaxS) return problem(what, figure, set);
  return trust === 'trusted' || (trust !== 'hinted' && by.length > 0) ? ok(what, figure) : hint(what, figure, set);
}

/** As the keeper says; null: it does not. */
async function offsetS(outside: BoxLook['outside'], by: readonly string[]): Promise<number | null> {
  if (by.includes('chrony')) {
    const told = await outside.run('chronyc', ['-c', 'tracking']);
    const value = Number(told?.split(',')[4]);
    if (told !== null && Number.isFinite(value)) return Math.round(value * 1000) / 1000;
  }
  if (!by.includes('systemd-timesyncd')) return null;
  const told = await outside.run('timedatectl', ['timesync-status']);
  const [, sign = '', value, unit = ''] = /^\s*Offset: ([+-]?)([\d.]+)(us|ms|s)\s*$/m.exec(told ?? '') ?? [];
  if (value === undefined) return null;
  const seconds = Number(value) / ({ us: 1e6, ms: 1e3, s: 1 }[unit] ?? 1);
  return Math.round((sign === '-' ? -seconds : seconds) * 1000) / 1000;
}

async function rtcFindings({ view, wall, trust }: BoxLook): Promise<readonly Finding[]> {
  const what = words('时钟模块（RTC）', 'clock module (RTC)');
  const [first] = (await view.names('/sys/class/rtc')).filter((name) => /^rtc\d+$/.test(name));
  if (first === undefined) {
    const fix = words(
      '装 DS3231 或 PCF8563 并写 dtoverlay=i2c-rtc,ds3231；没有它，停电又断网时记录的时间不可信',
      'fit a DS3231 or PCF8563 with dtoverlay=i2c-rtc,ds3231; without it times are not to be trusted after a power cut without network',
    );
    return [hint(what, words('没有', 'there is none'), fix)];
  }
  const name = (await view.text(`/sys/class/rtc/${first}/name`)) ?? first;
  const read = await view.read(`/sys/class/rtc/${first}/since_epoch`);
  if (!read.ok) {
    // The driver refuses to tell a time while the chip's oscillator-stop flag is set.
    const isStopped = read.code === 'EINVAL';
    const figure = isStopped
      ? words(`${name}：曾停走，时间无效`, `${name}: it had stopped, its time is void`)
      : words(`${name}：读不出（${read.code}）`, `${name}: does not read (${read.code})`);
    const fix = isStopped
      ? words(
          '换电池，网络校时后 hwclock --systohc',
          'change its battery, and once the network has set the clock: hwclock --systohc',
        )
      : words('检查接线和 dtoverlay', 'look at its wires and dtoverlay');
    return [problem(what, figure, fix)];
  }
  const offS = Number(read.text.trim()) - Math.round(wall / 1000);
  const figure = words(`${name}，与系统时钟差 ${offS} 秒`, `${name}, ${offS} s from the system’s clock`);
  const isOff = Math.abs(offS) > rtcOffMaxS;
  // Whichever of the two is wrong, it is the chip that lasts over the next power cut.
  if (isOff)
    return [
      hint(
        what,
        figure,
        trust === 'trusted'
          ? plain('hwclock --systohc')
          : words(
              '先接通网络校时，再 hwclock --systohc',
              'let the network set the clock first, then hwclock --systohc',
            ),
        plain(`≤ ${rtcOffMaxS} s`),
      ),
    ];
  return [ok(what, figure, plain(`≤ ${rtcOffMaxS} s`))];
}

function zoneFinding({ wall }: BoxLook): Finding {
  const zone = localZone(wall);
  const what = words('时区', 'time zone');
  const fix = words(
    '设为地名：timedatectl set-timezone Asia/Shanghai，并去掉 TZ 变量',
    'name it by its place: timedatectl set-timezone Asia/Shanghai, and unset TZ',
  );
  if (!zone.isOwn)
    return hint(
      what,
      words(`没有通用名称，按 ${zone.name} 显示时间`, `it has no common name; times are shown by ${zone.name}`),
      fix,
    );
  const isUtc = /^(?:Etc\/)?(?:UTC|UCT|GMT|Zulu|Universal)$/.test(zone.name);
  return isUtc
    ? hint(what, words('UTC，不是当地时间', 'UTC, which is no local time'), fix)
    : ok(what, plain(zone.name));
}
