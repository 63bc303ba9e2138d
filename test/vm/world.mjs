/** The outside of the simulated chip: its levels, moved and read from the other side, and the list of promises. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export const siren = 17;
export const button = 4;
/** Nobody has asked for this pin before. */
export const untouched = 22;

/** e.g. /sys/devices/platform/gpio-sim.0/gpiochip0 */
const chip = (() => {
  const platform = '/sys/devices/platform';
  const device = readdirSync(platform).find((name) => name.startsWith('gpio-sim'));
  const name = readdirSync(`${platform}/${device}`).find((each) => each.startsWith('gpiochip'));
  return `${platform}/${device}/${name}`;
})();

export const level = (pin) => readFileSync(`${chip}/sim_gpio${pin}/value`, 'utf8').trim() === '1';
export const drive = (pin, high) => writeFileSync(`${chip}/sim_gpio${pin}/pull`, high ? 'pull-up' : 'pull-down');

export function unexport(...pins) {
  for (const pin of pins) writeFileSync('/sys/class/gpio/unexport', String(512 + pin));
}

const broken = [];

export function promise(name, actual, expected = true) {
  const [seen, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (seen === wanted) console.log(`ok      ${name}`);
  else breakPromise(`${name}: expected ${wanted}, got ${seen}`);
}

export function breakPromise(what) {
  broken.push(what);
  console.log(`BROKEN  ${what}`);
}

/** Promises that were not kept so far. */
export const brokenPromises = () => broken;

/** What an act throws, as `CODE got`; null when it throws nothing. */
export function failure(act) {
  try {
    act();
    return null;
  } catch (error) {
    return `${error.code} ${error.got}`;
  }
}

/** Milliseconds until it was true; null when it never was. */
export async function within(limitMs, isTrue) {
  const beganMono = performance.now();
  while (!isTrue()) {
    if (performance.now() - beganMono > limitMs) return null;
    await sleep(0.2);
  }
  return performance.now() - beganMono;
}

export const round = (number) => Number(number.toFixed(2));

export function figures(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return { p50: round(sorted[sorted.length >> 1]), max: round(sorted.at(-1)), count: sorted.length };
}
