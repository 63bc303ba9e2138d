/** One process with one board of the built product: `one-driver.mjs DIST judge|adopt|hold DRIVER`. Its last line is JSON. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  breakPromise,
  brokenPromises,
  button,
  drive,
  failure,
  figures,
  level,
  promise,
  round,
  siren,
  untouched,
  within,
} from './world.mjs';

const [, , dist, role, driver] = process.argv;
const { openRealPins } = await import(`${dist}/drivers/gpio/real-pins.js`);
const { SystemClock } = await import(`${dist}/drivers/clock.js`);
const board = await openRealPins(driver, new SystemClock());

/** Sounds the siren until it is killed. */
async function hold() {
  const pin = board.openOutput(siren, false);
  const wasOn = pin.read();
  pin.set(true);
  console.log(JSON.stringify({ wasOn, afterProcessEnd: board.afterProcessEnd }));
  await sleep(600_000);
}

/** Switches, reads back, hears edges: the same promises for both drivers. */
async function judge() {
  const output = board.openOutput(siren, false);
  promise(`${driver}: begins quiet`, [level(siren), output.read()], [false, false]);
  const setUs = switches(output);
  const input = board.openInput(button);
  let heardMono = null;
  let heard = 0;
  const cancel = input.onEdge(() => {
    heard++;
    heardMono ??= performance.now();
  });
  await sleep(50);
  const edgeMs = [];
  const readUs = [];
  for (let count = 0; count < 40; count++) {
    const high = !level(button);
    heardMono = null;
    const beganMono = performance.now();
    drive(button, high);
    if ((await within(1000, () => heardMono !== null)) === null) breakPromise(`${driver}: edge ${count} was not heard`);
    else edgeMs.push(heardMono - beganMono);
    const readMono = performance.now();
    const seen = input.read();
    readUs.push((performance.now() - readMono) * 1000);
    if (seen !== high) breakPromise(`${driver}: GPIO${button} reads ${seen} at ${high}`);
    // Not in step with the driver's own looks.
    await sleep(10 + (count % 7));
  }
  heard = 0;
  for (let count = 0; count < 200; count++) drive(button, count % 2 === 0);
  await sleep(100);
  promise(`${driver}: 200 edges at once are heard, and end at the right level`, [heard > 0, input.read()], [true, false]);
  const listening = await cpuPercent();
  cancel();
  const notListening = await cpuPercent();
  output.set(false);
  return {
    setUs: figures(setUs),
    readUs: figures(readUs),
    edgeMs: figures(edgeMs),
    cpuPercent: { listening, notListening },
  };
}

function switches(output) {
  const setUs = [];
  for (let count = 0; count < 200; count++) {
    const on = count % 2 === 0;
    const beganMono = performance.now();
    output.set(on);
    setUs.push((performance.now() - beganMono) * 1000);
    if (level(siren) !== on || output.read() !== on) breakPromise(`${driver}: set ${on} is not seen`);
  }
  promise(`${driver}: switches GPIO${siren} and reads it back`, level(siren), false);
  return setUs;
}

async function cpuPercent() {
  const before = process.cpuUsage();
  const beganMono = performance.now();
  await sleep(3000);
  const { user, system } = process.cpuUsage(before);
  return round((user + system) / 10 / (performance.now() - beganMono));
}

/** Finds lines as other owners left them. */
async function adopt() {
  promise(
    `${driver}: says which pins there are`,
    failure(() => board.openInput(54)),
    'PIN-002 pinctrl-bcm2835 has GPIO0 to GPIO53',
  );
  const quiet = board.openOutput(untouched, true);
  promise(`${driver}: a pin that was no output begins quiet, active low`, [level(untouched), quiet.read()], [true, false]);
  // A released line still counts as an output; with this pull its level is high, as that of a siren that runs.
  drive(siren, true);
  promise(`${driver}: the released line is high`, level(siren));
  const running = board.openOutput(siren, false);
  promise(`${driver}: a running siren is taken over as it runs`, [running.read(), level(siren)], [true, true]);
  running.set(false);
  promise(`${driver}: and is switched off when told`, level(siren), false);
  running.set(true);
  board.close();
  promise(`${driver}: a closed board keeps its outputs`, level(siren));
  drive(siren, false);
  return null;
}

const roles = { hold, judge, adopt };
const figuresOfRole = await roles[role]();
console.log(JSON.stringify({ figures: figuresOfRole, broken: brokenPromises() }));
process.exit(0);
