import { switchedChannels } from '../channel-row.js';
import { isModbus } from '../profile-kind.js';
import type { DeviceProfile } from '../profile-schema.js';
import type { DraftEntry } from '../site-draft.js';
import type { PinDriver } from '../site-schema.js';
import type { OutputYaml } from '../sounding-schema.js';
import type { AfterProcessEnd, Words } from '../vocabulary.js';
import { type Check, type CheckedSite, type Finding, missing, noSuchChannel, type Use, usedTwice } from './finding.js';

type OutputEntry = DraftEntry<OutputYaml>;

type Driver = 'relay' | 'timer' | PinDriver;

/**
 * What is behind an output when the process is gone: a relay unit keeps its coils, a pin in sysfs is never unexported, a line
 * of the character device goes back to the kernel. Of `auto` neither is true before it has chosen. The drivers state the same
 * fact (`afterProcessEnd`). A relay with a running timer of its own goes off by itself (decision 0022).
 */
const afterProcessEnd: Readonly<Record<Driver, AfterProcessEnd | null>> = {
  relay: 'holds',
  timer: 'drops',
  // It holds, and the unit has what must go quiet switched off (decision 0068); without the unit that is a fault of the output.
  sysfs: 'as-promised',
  simulated: 'holds',
  chip: 'drops',
  auto: null,
};

const namedDriver: Words = { zh: '写明的引脚驱动', en: 'a pin driver by its name' };
const nameTheDriver: Words = {
  zh: '写 driver: sysfs（程序结束后保持，两种都行）或 driver: chip（程序结束后放开，配 go_quiet）',
  en: 'write driver: sysfs (holds after the program ends, for both) or driver: chip (drops, with go_quiet)',
};
const chipDrops: Words = {
  zh: '程序结束后内核放开这些引脚；写 go_quiet，或改用 driver: sysfs',
  en: 'the kernel lets go of these pins when the program ends; write go_quiet, or use driver: sysfs',
};

const timerDrops: Words = {
  zh: '自带定时的继电器会自己断开；写 go_quiet，或删掉 timed_s',
  en: 'a relay with a timer of its own goes off by itself; write go_quiet, or remove timed_s',
};

const oneOfBoth: Words = { zh: 'relay 或 gpio', en: 'relay or gpio' };
const bothWritten: Words = { zh: '都写了', en: 'both' };
const neither: Words = { zh: '都没有', en: 'neither' };

const leftOut: Words = { zh: '不写这个键', en: 'the key left out' };
const keyLeftOut: Words = { zh: '没有', en: 'none' };

/** Each output: exactly one driver that exists and can switch, used once, the keys of its kind, and a promise that can be kept. */
export const checkOutputs: Check = function* (site) {
  yield* usedTwice('CONF-035', relayUses(site));
  yield* usedTwice('CONF-034', pinUses(site));
  for (const entry of site.draft.outputs) {
    yield* target(site, entry);
    yield* keysOfKind(entry);
    yield* relayExists(site, entry);
    const { index, value } = entry;
    if (value.zone !== undefined && !site.draft.named.zones.has(value.zone)) {
      const where = `output ${value.id}`;
      yield missing('CONF-023', ['outputs', index, 'zone'], where, value.zone, site.draft.named.zones);
    }
  }
  yield* pinDriver(site);
};

function* target({ draft }: CheckedSite, { index, value }: OutputEntry): Generator<Finding> {
  const where = `output ${value.id}`;
  const hasRelay = value.relay !== undefined;
  if (hasRelay === (value.gpio !== undefined)) {
    const path = ['outputs', index];
    yield { code: 'CONF-038', path, where, expected: oneOfBoth, got: hasRelay ? bothWritten : neither };
    return;
  }
  if (value.kind === 'heartbeat') {
    const got = `relay: ${value.relay?.device}`;
    // Whatever drives the pin: one that stands still says all that there is to say.
    if (hasRelay) yield { code: 'CONF-070', path: ['outputs', index, 'relay'], where, expected: 'gpio', got };
    return;
  }
  const driver = hasRelay ? (value.relay?.timed_s === undefined ? 'relay' : 'timer') : draft.gpioDriver;
  if (driver !== null && value.on_control_lost !== undefined) yield* promise(driver, { index, value });
}

/** Keys that only some kinds of output have. */
function* keysOfKind({ index, value }: OutputEntry): Generator<Finding> {
  const { kind, shows, on_control_lost, proof, relay } = value;
  // Nobody asks them whether they work: a lamp flashes, a heartbeat moves.
  const actsAlone = kind === 'heartbeat' || (kind === 'lamp' && shows !== undefined);
  const where = `output ${value.id}`;
  const got = `kind: ${kind}`;
  const path = ['outputs', index];
  if (shows !== undefined && kind !== 'lamp') {
    yield { code: 'CONF-071', path: [...path, 'shows'], where, expected: 'kind: lamp', got };
  }
  const expected = leftOut;
  if (kind === 'heartbeat' && on_control_lost !== undefined) {
    yield { code: 'CONF-071', path: [...path, 'on_control_lost'], where, expected, got };
  }
  if (proof !== undefined && actsAlone) yield { code: 'CONF-071', path: [...path, 'proof'], where, expected, got };
  if (relay?.timed_s !== undefined && kind === 'lamp' && actsAlone) {
    yield { code: 'CONF-071', path: [...path, 'relay', 'timed_s'], where, expected, got };
  }
  if (kind !== 'heartbeat' && on_control_lost === undefined) {
    yield { code: 'CONF-012', path, where, expected: 'on_control_lost: keep_sounding, go_quiet', got: keyLeftOut };
  }
}

/** Can what it shall do when control is lost be kept by what drives it? */
function* promise(driver: Driver, { index, value }: OutputEntry): Generator<Finding> {
  const finding = {
    code: 'CONF-039',
    path: ['outputs', index, 'on_control_lost'],
    where: `output ${value.id}`,
  } as const;
  const kept = afterProcessEnd[driver];
  if (kept === null) {
    yield { ...finding, expected: namedDriver, got: driver, hint: nameTheDriver };
    return;
  }
  if (kept === 'as-promised') return;
  const expected = kept === 'holds' ? 'keep_sounding' : 'go_quiet';
  const got = value.on_control_lost ?? null;
  if (got === expected) return;
  const mistake = { ...finding, expected, got };
  yield kept === 'holds' ? mistake : { ...mistake, hint: driver === 'timer' ? timerDrops : chipDrops };
}

function* relayExists({ draft, profiles }: CheckedSite, { index, value }: OutputEntry): Generator<Finding> {
  if (value.relay === undefined) return;
  const { device, channel } = value.relay;
  const where = `output ${value.id}`;
  const path = ['outputs', index, 'relay', 'device'];
  if (!draft.named.devices.has(device)) yield missing('CONF-025', path, where, device, draft.named.devices);
  const unit = draft.devices.find((entry) => entry.value.id === device);
  const profile = unit === undefined ? undefined : profiles.get(unit.value.profile);
  if (profile === undefined) return;
  const channels = switchedChannels(profile);
  if (channels === 0) yield { code: 'CONF-037', path, where, expected: null, got: `${device} (${profile.id})` };
  else if (channel > channels) {
    yield noSuchChannel(['outputs', index, 'relay', 'channel'], where, device, channels, channel);
  } else yield* timerFits(profile, { index, value });
}

function* timerFits(profile: DeviceProfile, { index, value }: OutputEntry): Generator<Finding> {
  const wanted = value.relay?.timed_s;
  if (wanted === undefined) return;
  const timed = isModbus(profile) ? profile.commands?.timed : undefined;
  if (timed !== undefined && wanted <= timed.max_s) return;
  const none: Words = { zh: '不写 timed_s', en: 'no timed_s' };
  const most: Words = { zh: `最多 ${timed?.max_s}`, en: `at most ${timed?.max_s}` };
  const path = ['outputs', index, 'relay', 'timed_s'];
  const got = `${wanted} (${profile.id})`;
  yield { code: 'CONF-083', path, where: `output ${value.id}`, expected: timed === undefined ? none : most, got };
}

function* pinDriver(site: CheckedSite): Generator<Finding> {
  const { gpioDriver, hasGpio } = site.draft;
  const [firstUse] = pinUses(site);
  if (firstUse !== undefined && !hasGpio) {
    yield {
      code: 'CONF-040',
      path: firstUse.path,
      where: firstUse.user,
      expected: { zh: '键 gpio', en: 'the key gpio' },
      got: { zh: '没有', en: 'none' },
    };
  }
  if (gpioDriver !== null && !site.knownPinDrivers.includes(gpioDriver)) {
    const expected = site.knownPinDrivers.join(', ');
    yield { code: 'CONF-041', path: ['gpio', 'driver'], where: 'gpio', expected, got: gpioDriver };
  }
}

function* pinUses({ draft }: CheckedSite): Generator<Use> {
  for (const { index, value } of draft.devices) {
    const pin = value.input?.gpio;
    if (pin === undefined) continue;
    yield { thing: `GPIO${pin}`, path: ['devices', index, 'input', 'gpio'], user: `device ${value.id}` };
  }
  for (const { index, value } of draft.outputs) {
    if (value.gpio === undefined) continue;
    const path = ['outputs', index, 'gpio', 'pin'];
    yield { thing: `GPIO${value.gpio.pin}`, path, user: `output ${value.id}` };
  }
}

function* relayUses({ draft }: CheckedSite): Generator<Use> {
  for (const { index, value } of draft.outputs) {
    if (value.relay === undefined) continue;
    const { device, channel } = value.relay;
    const path = ['outputs', index, 'relay', 'channel'];
    yield { thing: `${device} relay ${channel}`, path, user: `output ${value.id}` };
  }
}
