/** The program of the virtual machine: both pin drivers of the built product on a kernel's own GPIO. `guest.mjs DIST` */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  breakPromise,
  brokenPromises,
  button,
  drive,
  failure,
  level,
  promise,
  round,
  siren,
  unexport,
  within,
} from './world.mjs';

const dist = process.argv[2];
const { openRealPins } = await import(`${dist}/drivers/gpio/real-pins.js`);
const { SystemClock } = await import(`${dist}/drivers/clock.js`);
const clock = new SystemClock();
const oneDriver = fileURLToPath(new URL('one-driver.mjs', import.meta.url));

/** A process with a board of its own, to its end. */
async function inProcess(role, driver) {
  const child = start([oneDriver, dist, role, driver]);
  let last = '';
  createInterface(child.stdout).on('line', (line) => {
    if (!line.startsWith('{')) console.log(line);
    else last = line;
  });
  await new Promise((done) => child.once('close', done));
  if (last === '') {
    breakPromise(`${driver}: ${role} ended without a word`);
    return null;
  }
  const { figures, broken } = JSON.parse(last);
  brokenPromises().push(...broken);
  return figures;
}

/** A process that sounds the siren until it is killed. */
async function holder(driver) {
  const child = start([oneDriver, dist, 'hold', driver]);
  const ended = new Promise((done) => child.once('exit', done));
  const said = await new Promise((done, fail) => {
    createInterface(child.stdout).once('line', (line) => done(JSON.parse(line)));
    void ended.then(() => fail(new Error(`the holder of ${driver} ended`)));
  });
  const kill = () => {
    child.kill('SIGKILL');
    return ended;
  };
  return { said, kill };
}

function start(args) {
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The gateway itself, with a call point and a siren on pins. How long from the contact to the siren? */
async function gateway(driver, onControlLost) {
  const folder = `/dev/shm/${driver}`;
  mkdirSync(folder);
  const file = `${folder}/gateway.yaml`;
  writeFileSync(
    file,
    `version: 1
site: {id: vm, district: test, name: {zh: 试验村, en: test village}}
data_dir: ./data
zones: [{id: hall, name: {zh: 祠堂, en: hall}}]
devices:
  - {id: call-1, profile: dry-contact-call-point, input: {gpio: ${button}}, zone: hall}
outputs:
  - {id: siren, kind: siren, zone: hall, gpio: {pin: ${siren}}, on_control_lost: ${onControlLost}}
plans:
  - {id: hall-fire, when: {class: fire, zones: [hall]}, sound: [siren]}
gpio: {driver: ${driver}}
`,
  );
  // The contact is open.
  drive(button, true);
  const cli = `${dist}/gateway/cli/gengfu.js`;
  const check = spawnSync(process.execPath, [cli, 'check', '--config', file, '--lang', 'en'], { encoding: 'utf8' });
  if (check.status !== 0) console.log(check.stdout, check.stderr);
  promise(`${driver}: gengfu check accepts ${onControlLost}`, check.status, 0);
  const child = start([cli, 'run', '--config', file, '--lang', 'en']);
  let isWatching = false;
  createInterface(child.stdout).on('line', (line) => {
    console.log(`        ${line}`);
    isWatching ||= line.endsWith('watching');
  });
  const ended = new Promise((done) => child.once('exit', done));
  promise(`${driver}: the gateway watches`, (await within(60_000, () => isWatching)) !== null);
  // What a slow machine does at the start is not what is measured.
  await sleep(3000);
  promise(`${driver}: nothing sounds before anybody has pressed`, level(siren), false);
  drive(button, false);
  const sirenMs = await within(20_000, () => level(siren));
  promise(`${driver}: the pressed call point sounds the siren`, sirenMs !== null);
  await sleep(500);
  child.kill('SIGKILL');
  await ended;
  promise(`${driver}: after kill -9 of the gateway: ${onControlLost}`, level(siren), onControlLost === 'keep_sounding');
  return sirenMs === null ? null : round(sirenMs);
}

async function overSysfs() {
  const figures = await inProcess('judge', 'sysfs');
  const first = await holder('sysfs');
  promise('sysfs: says what is after the process', first.said.afterProcessEnd, 'holds');
  await first.kill();
  promise('sysfs: kill -9 leaves the siren on', level(siren));
  const next = await holder('sysfs');
  promise('sysfs: the next process finds it on', next.said.wasOn);
  await next.kill();
  const chip = await openRealPins('chip', clock);
  promise(
    'chip: says that sysfs has the pin',
    failure(() => chip.openOutput(siren, false)),
    'PIN-002 in use by sysfs; restart the box to free it',
  );
  chip.close();
  unexport(siren, button);
  const contactToSirenMs = await gateway('sysfs', 'keep_sounding');
  unexport(siren, button);
  return { ...figures, contactToSirenMs };
}

async function overChip() {
  const figures = await inProcess('judge', 'chip');
  const first = await holder('chip');
  promise('chip: says what is after the process', [level(siren), first.said.afterProcessEnd], [true, 'drops']);
  const board = await openRealPins('chip', clock);
  promise(
    'chip: says who has the pin',
    failure(() => board.openOutput(siren, false)),
    'PIN-002 in use by gengfu',
  );
  board.close();
  await first.kill();
  promise('chip: kill -9 lets the siren go', level(siren), false);
  await inProcess('adopt', 'chip');
  return { ...figures, contactToSirenMs: await gateway('chip', 'go_quiet') };
}

async function autoChooses() {
  const withSysfs = await openRealPins('auto', clock);
  promise('auto: sysfs where it is there', withSysfs.afterProcessEnd, 'holds');
  withSysfs.close();
  spawnSync('mount', ['-t', 'tmpfs', 'none', '/sys/class/gpio']);
  const without = await openRealPins('auto', clock);
  promise('auto: else the character device', without.afterProcessEnd, 'drops');
  without.close();
}

promise(
  'the kernel counts from 512',
  readdirSync('/sys/class/gpio').filter((name) => name.startsWith('gpiochip')),
  ['gpiochip512'],
);
const result = { node: process.version, sysfs: null, chip: null };
try {
  result.sysfs = await overSysfs();
  result.chip = await overChip();
  await autoChooses();
} catch (error) {
  breakPromise(String(error?.stack ?? error));
}
console.log(`RESULT ${JSON.stringify({ ...result, broken: brokenPromises() })}`);
process.exit(brokenPromises().length === 0 ? 0 : 1);
