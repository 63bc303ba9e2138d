/** Stream devices as a site would have them, from the profile's own text, and a line in the hands of the test. */
import { brandId } from '../../../config/ids.js';
import { loadConfigText } from '../../../config/load-config.js';
import { describeProblem } from '../../../config/problem.js';
import { loadProfileLibrary } from '../../../config/profile-library.js';
import type { Reading } from '../../../config/reading.js';
import type { LineConfig, PointConfig, StreamConfig } from '../../../config/site.js';
import type { StreamProfile } from '../../../config/stream-profile-schema.js';
import type { ByteLink, ByteLinkEvents } from '../../../drivers/driver.js';
import { DriverError } from '../../../drivers/driver-error.js';
import { loadCodecs } from '../../../drivers/stream/codec-library.js';
import { StreamLine, type StreamLineOptions } from '../../../drivers/stream/stream-line.js';
import type { UnknownCode } from '../../../drivers/stream/unknown-codes.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';

export type Options = Readonly<Record<string, string | number | boolean>>;

export const codecs = await loadCodecs();

export interface StreamSpec {
  readonly profile: string;
  readonly id?: string;
  /** The highest there is when left out, where hosts have addresses. */
  readonly address?: number;
  readonly options?: Options;
  /** Listed objects by name: `kitchen: 1-1-2`. */
  readonly objects?: Readonly<Record<string, string>>;
}

export interface StreamRigDevice {
  readonly config: StreamConfig;
  readonly points: readonly PointConfig[];
}

const library = await loadProfileLibrary();
/** Every stream profile there is, by id. */
export const streamProfiles: ReadonlyMap<string, StreamProfile> = new Map(
  [...library.profiles].flatMap(([id, profile]) =>
    profile.link.kind === 'stream' ? [[id, profile as StreamProfile]] : [],
  ),
);

/** A device of the profile with these options, as the product makes it of a site file. */
export function deviceOf({ profile, id = 'panel', address, options = {}, objects = {} }: StreamSpec): StreamRigDevice {
  const unit = address ?? streamProfiles.get(profile)?.address_range?.[1];
  const site = {
    version: 1,
    site: { id: 'test', district: 'test', name: 'test' },
    lines: [{ id: 'serial', name: 'serial', path: '/dev/panel', baud: 9600 }],
    zones: [{ id: 'hall', name: 'hall' }],
    gpio: { driver: 'simulated' },
    outputs: [{ id: 'siren', kind: 'siren', gpio: { pin: 17 }, on_control_lost: 'keep_sounding' }],
    plans: [{ id: 'fire', when: { class: 'fire', zones: ['hall'] }, sound: ['siren'] }],
    devices: [
      {
        id,
        profile,
        line: 'serial',
        zone: 'hall',
        options,
        objects: Object.entries(objects).map(([name, place]) => ({ id: name, address: place })),
        ...(unit === undefined ? {} : { unit }),
      },
    ],
  };
  const known = { knownUplinks: [], knownPinDrivers: ['simulated'], knownCodecs: [...codecs.keys()] };
  const outcome = loadConfigText('/site.yaml', JSON.stringify(site), { ...known, profiles: library });
  if (!outcome.ok) throw new Error(outcome.problems.map((each) => describeProblem(each, 'en')).join('\n'));
  const [config] = outcome.config.streams;
  if (config === undefined) throw new Error(`${profile} is no stream device`);
  return { config, points: outcome.config.points.filter(({ source }) => source.kind === 'stream') };
}

/** `82 38` as bytes. */
export function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text.split(' ').map((byte) => Number.parseInt(byte, 16)));
}

/** Point name → what was read last: a state, a number, or `bad: reason`; a doubtful one with a question mark. */
export function lastOf(readings: readonly Reading[]): Record<string, string | number> {
  return Object.fromEntries(
    readings.map(({ pointId, quality, value, reason, confirmed }) => {
      const said = quality === 'bad' ? `bad: ${reason}` : confirmed ? value : `${value}?`;
      return [pointId.replace(/^.*\//, ''), said];
    }),
  );
}

const words = (text: string) => ({ zh: text, en: text });

const serialLine: LineConfig = {
  id: brandId('serial'),
  name: words('serial'),
  protocol: 'stream',
  transport: 'serial',
  path: '/dev/panel',
  format: { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 },
  rs485: null,
  timeoutMs: 200,
  quarantineMs: 100,
  fireDeadlineMs: 2000,
};

export interface StreamLineRig {
  readonly clock: SimClock;
  readonly line: StreamLine;
  /** Everything that was told, in order: `up`, `down LINK-005`, `heard panel`, `silent panel`, `fire=alarm`. */
  readonly told: string[];
  readonly unknown: UnknownCode[];
  /** Bytes that left, with their times. */
  readonly sent: { readonly bytes: Uint8Array; readonly atMono: number }[];
  /** Lives of the link so far. */
  opens(): number;
  say(bytes: Uint8Array | string): void;
  breakLink(): void;
  /** The next opens fail. */
  refuse(isRefused: boolean): void;
  /** What the told readings say now, by point. */
  now(): Record<string, string | number>;
}

/** A started line with these devices; its far end is the test. */
export function lineRig(
  devices: readonly StreamRigDevice[],
  odd: Partial<StreamLineOptions> & { readonly onWrite?: (bytes: Uint8Array) => Promise<void> } = {},
): StreamLineRig {
  const clock = new SimClock();
  const told: string[] = [];
  const unknown: UnknownCode[] = [];
  const sent: StreamLineRig['sent'] = [];
  let frame = 0;
  let opens = 0;
  let isRefused = false;
  let events: ByteLinkEvents | null = null;
  let latest: Record<string, string | number> = {};
  const line = new StreamLine({
    config: serialLine,
    devices: devices.map(({ config }) => config),
    points: devices.flatMap(({ points }) => points),
    codecs,
    clock,
    random: () => 0.5,
    nextFrame: () => ++frame,
    open: async (given) => {
      opens++;
      if (isRefused) throw new DriverError('LINK-001', '/dev/panel');
      events = given;
      let isOpen = true;
      const link: ByteLink = {
        get isOpen() {
          return isOpen;
        },
        write: async (bytes) => {
          sent.push({ bytes, atMono: clock.mono() });
          await odd.onWrite?.(bytes);
        },
        close: async () => {
          isOpen = false;
        },
      };
      return link;
    },
    onReadings: (readings) => {
      latest = { ...latest, ...lastOf(readings) };
      for (const reading of readings) {
        for (const [point, value] of Object.entries(lastOf([reading]))) told.push(`${point}=${value}`);
      }
    },
    onDevice: (device, what) => told.push(`${what} ${device}`),
    onUp: () => told.push('up'),
    onDown: (error) => told.push(`down ${error.code}`),
    onUnknown: (code) => unknown.push(code),
    ...odd,
  });
  line.start();
  return {
    clock,
    line,
    told,
    unknown,
    sent,
    opens: () => opens,
    say: (bytes) => events?.onBytes(typeof bytes === 'string' ? bytesOf(bytes) : bytes, clock.mono()),
    breakLink: () => events?.onDown(new DriverError('LINK-005', '/dev/panel')),
    refuse: (refused) => {
      isRefused = refused;
    },
    now: () => latest,
  };
}
