/**
 * The proof in the virtual machine: the units as they are installed, under a real systemd, with pins of a real kernel. Prints one line a
 * promise and a line `RESULT {…}`. All times are of the guest's monotonic clock, ms since its kernel began.
 */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const siren = 17;
const lamp = 22;
const buzzer = 23;
const callPoint = 24;
const inspectorPort = 9229;
const site = '/etc/gengfu/gateway.yaml';

const broken = [];
const figures = {};

const nowMs = () => Number(process.hrtime.bigint() / 1_000_000n);

function promise(words, isKept) {
  console.log(`${isKept ? 'kept  ' : 'BROKEN'} ${Math.round(nowMs() / 1000)} s  ${words}`);
  if (isKept) return;
  broken.push(words);
  console.log(run('journalctl', '--no-pager', '-b', '-u', 'gengfu', '-u', 'gengfu-trouble', '-o', 'short-monotonic', '-n', '60'));
}

/** The level that the world sees on a pin of gpio-sim. */
const level = (pin) => readFileSync(`/sys/devices/platform/gpio-sim.0/gpiochip0/sim_gpio${pin}/value`, 'utf8').trim() === '1';
const pull = (pin, up) =>
  writeFileSync(`/sys/devices/platform/gpio-sim.0/gpiochip0/sim_gpio${pin}/pull`, up ? 'pull-up' : 'pull-down');

function run(...args) {
  return spawnSync(args[0], args.slice(1), { encoding: 'utf8' }).stdout.trim();
}

function shown(unit) {
  const names = 'ActiveState,SubState,MainPID,NRestarts,Result,ActiveEnterTimestampMonotonic,StatusText';
  const lines = run('systemctl', 'show', unit, '-p', names).split('\n');
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** So much later a busy host makes things than they are. */
const slack = 4;

/** When it became so, or null. */
async function within(limitMs, isSo, everyMs = 50) {
  const endMs = nowMs() + limitMs * slack;
  for (;;) {
    if (isSo()) return nowMs();
    if (nowMs() > endMs) return null;
    await sleep(everyMs);
  }
}

const isActive = (unit) => () => shown(unit).ActiveState === 'active';

/** The process of a unit, without asking systemd: to ask costs this machine a tenth of a second. Null: there is none. */
function pidOf(unit) {
  try {
    return readFileSync(`/sys/fs/cgroup/system.slice/${unit}.service/cgroup.procs`, 'utf8').split('\n')[0] || null;
  } catch {
    return null;
  }
}

/** Node opens its inspector when it is sent SIGUSR1; there it is told to do something that never ends. */
async function hang(pid) {
  process.kill(pid, 'SIGUSR1');
  const id = await targetId();
  const socket = createConnection(inspectorPort, '127.0.0.1');
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET /${id} HTTP/1.1\r\nHost: 127.0.0.1:${inspectorPort}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
  );
  await new Promise((done) => socket.once('data', done));
  socket.write(frame(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'for (;;);' } })));
  socket.on('error', () => undefined);
  await sleep(200);
}

async function targetId() {
  for (;;) {
    try {
      const [target] = await (await fetch(`http://127.0.0.1:${inspectorPort}/json`)).json();
      return target.id;
    } catch {
      await sleep(100);
    }
  }
}

/** A short text frame of a client (RFC 6455, 5.2): masked, here with zeros. */
function frame(text) {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x81, 0x80 | bytes.length, 0, 0, 0, 0]), bytes]);
}

/** Switches the unit over to the character device, whose pins drop with the process. */
async function overToChip() {
  run('systemctl', 'stop', 'gengfu');
  for (const pin of [siren, lamp, buzzer, callPoint]) writeFileSync('/sys/class/gpio/unexport', String(512 + pin));
  const text = readFileSync(site, 'utf8').replace('driver: sysfs', 'driver: chip').replaceAll('keep_sounding', 'go_quiet');
  writeFileSync(site, text);
  pull(callPoint, true);
  run('rm', '-rf', '/var/lib/gengfu/journal.db', '/var/lib/gengfu/journal.db-wal', '/var/lib/gengfu/journal.db-shm');
  run('systemctl', 'start', '--no-block', 'gengfu');
}

async function soundSiren(words) {
  pull(callPoint, true);
  await sleep(1000);
  pull(callPoint, false);
  const at = await within(30_000, () => level(siren), 20);
  promise(words, at !== null);
}

async function overSysfs() {
  const { ActiveState, StatusText, MainPID: pid, ActiveEnterTimestampMonotonic: readyUs } = shown('gengfu');
  figures.readyMs = Math.round(Number(readyUs) / 1000);
  console.log(`READY ${figures.readyMs} ms after the kernel; ${StatusText}`);
  promise('READY although a line is dead', ActiveState === 'active');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  promise('not root, no capability, nothing new by exec', /Uid:\t871\t/.test(status) && /CapEff:\t0+\n/.test(status) && /NoNewPrivs:\t1/.test(status));
  await soundSiren('sysfs: the call point sounds the siren, through the sandbox');
  process.kill(Number(pid), 'SIGKILL');
  await sleep(300);
  promise('sysfs: kill -9 leaves the siren on', level(siren));
  const next = await within(60_000, () => ![null, pid].includes(pidOf('gengfu')), 500);
  const again = next !== null && (await within(60_000, isActive('gengfu'), 3000)) !== null;
  promise('killed: started again, the siren still on', again && level(siren));
}

async function hangs() {
  await overToChip();
  promise('chip: READY', (await within(90_000, isActive('gengfu'), 3000)) !== null);
  await soundSiren('chip: the call point sounds the siren');
  const { MainPID: pid, NRestarts: before } = shown('gengfu');
  // It has been told of the alarm, and the journal has it.
  await sleep(3000);
  const hungMs = nowMs();
  await hang(Number(pid));
  const offMs = await within(40_000, () => !level(siren), 20);
  console.log('SIREN off');
  const onMs = await within(60_000, () => level(siren), 20);
  console.log('SIREN on');
  promise('hung: the watchdog ends it', offMs !== null);
  promise('hung: started again, and the siren is resumed', onMs !== null && shown('gengfu').NRestarts !== before);
  figures.hungToEndMs = offMs === null ? null : offMs - hungMs;
  figures.sirenGapMs = onMs === null || offMs === null ? null : onMs - offMs;
  await within(60_000, isActive('gengfu'), 3000);
  const told = await within(30_000, () => run('journalctl', '-u', 'gengfu', '-o', 'cat').includes('hung; the watchdog ended it'), 1000);
  promise('its next start tells that it hung', told !== null);
}

function startsCounted() {
  try {
    return Number(readFileSync('/run/gengfu/starts', 'utf8'));
  } catch {
    return null;
  }
}

/** Ends each life as soon as it can sound a siren. */
async function sixCrashes() {
  run('systemctl', 'stop', 'gengfu');
  pull(callPoint, true);
  run('systemctl', 'start', '--no-block', 'gengfu');
  let last = null;
  let crashes = 0;
  let isReduced = false;
  for (;;) {
    // A while in failed or trouble is the end of it.
    const found = await within(60_000, () => pidOf('gengfu-trouble') !== null || ![null, last].includes(pidOf('gengfu')), 200);
    if (found === null || pidOf('gengfu-trouble') !== null || crashes === 9) break;
    last = pidOf('gengfu');
    // Far enough that it is counted as a life: its folder in memory says so.
    const counted = await within(60_000, () => startsCounted() === crashes + 1 || pidOf('gengfu') !== last, 100);
    if (counted === null || pidOf('gengfu') !== last) continue;
    console.log(`LIFE ${crashes + 1} ${Math.round(nowMs() / 1000)} s: pid ${last}, ${startsCounted()} in a row; ${shown('gengfu').StatusText}`);
    if (crashes === 5) isReduced = (await within(60_000, () => shown('gengfu').StatusText.includes('reduced'), 2000)) !== null;
    process.kill(Number(last), 'SIGSEGV');
    crashes += 1;
    await within(10_000, () => pidOf('gengfu') !== last, 50);
  }
  figures.crashes = crashes;
  promise('the sixth life starts reduced, and says so', isReduced);
  const troubleMs = await within(60_000, () => pidOf('gengfu-trouble') !== null, 200);
  promise('after six the trouble unit runs', troubleMs !== null && crashes === 6);
  promise('it lights the fault lamp', (await within(30_000, () => level(lamp), 50)) !== null);
  promise('it sounds the buzzer', (await within(30_000, () => level(buzzer), 50)) !== null);
  const backMs = await within(120_000, isActive('gengfu'), 3000);
  promise('it has the gateway tried again, and gives way', backMs !== null && shown('gengfu-trouble').ActiveState !== 'active');
  figures.troubleToBackMs = backMs === null || troubleMs === null ? null : backMs - troubleMs;
}

async function badFile() {
  const good = readFileSync(site, 'utf8');
  writeFileSync(site, good.replace('version: 1', 'version: one'));
  run('systemctl', 'restart', '--no-block', 'gengfu');
  const troubleMs = await within(60_000, () => pidOf('gengfu-trouble') !== null, 200);
  promise('a bad site file is no silence: the trouble unit runs', troubleMs !== null);
  promise('and lights the lamp by what was remembered', (await within(30_000, () => level(lamp), 50)) !== null);
  const said = await within(10_000, () => run('journalctl', '-u', 'gengfu-trouble', '-o', 'cat').includes('the site file is not fit'), 500);
  promise('and says why', said !== null);
  writeFileSync(site, good);
  promise('the mended file is taken at once', (await within(60_000, isActive('gengfu'), 3000)) !== null);
}

try {
  pull(callPoint, true);
  // `gengfu.proof=hangs,sixCrashes` on the kernel's line leaves the others out.
  const only = /gengfu\.proof=([\w,]+)/.exec(readFileSync('/proc/cmdline', 'utf8'))?.[1]?.split(',');
  for (const part of [overSysfs, hangs, sixCrashes, badFile]) if (only?.includes(part.name) ?? true) await part();
} catch (error) {
  promise(String(error?.stack ?? error), false);
}
console.log(`RESULT ${JSON.stringify({ ...figures, broken })}`);
run('systemctl', 'poweroff', '--force', '--force');
