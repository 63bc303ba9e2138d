import type { Import, SourceTree } from './imports.js';
import { readSource } from './source-text.js';

/** What the files of a place may import: other places. The rule of the longest matching place holds. */
export interface PlaceRule {
  /** A folder (`sync/`) or a file without its ending (`gateway/main`). */
  readonly place: string;
  readonly may: readonly string[];
  /** Taken out of `may` again. */
  readonly butNot?: readonly string[];
}

export const floors = ['config', 'drivers', 'sync', 'gateway', 'hardware-sim'] as const;

const simulatorMay = [
  'hardware-sim/',
  'config/',
  'drivers/driver',
  'drivers/clock',
  'drivers/calendar',
  'drivers/driver-error',
  'sync/uplink',
  'sync/journal/entry',
  'sync/journal/store',
  // Types only: the seams, not the clients behind them.
  'sync/mqtt/mqtt-link',
  'sync/gb26875/gb-link',
  'gateway/runtime',
  'gateway/observation',
  'gateway/log',
];

/** The real part behind each seam: whoever else knows it can not be tested without it. */
const realParts = [
  'drivers/box/',
  'drivers/serial/',
  'drivers/gpio/onoff-pins',
  'drivers/gpio/chip-',
  'drivers/gpio/real-pins',
  'drivers/cron-calendar',
  'drivers/audio/real-speakers',
  'sync/sqlite',
  'sync/journal/sqlite-',
  'sync/receiver/sqlite-',
  'sync/mqtt/',
  'sync/http/',
  'sync/gb26875/tcp-connection',
];
const gatewayMay = ['gateway/', 'config/', 'drivers/', 'sync/'];

/** The staircase: each floor knows the floors below it. */
export const staircase: readonly PlaceRule[] = [
  { place: 'config/', may: ['config/'] },
  { place: 'drivers/', may: ['drivers/', 'config/'] },
  {
    place: 'sync/',
    may: [
      ...['sync/', 'config/', 'drivers/clock', 'drivers/backoff', 'drivers/driver-error'],
      // Types only: the seam, not the modem behind it.
      'drivers/modem/modem-contract',
    ],
  },
  { place: 'gateway/', may: gatewayMay, butNot: ['gateway/main', 'gateway/cli/', ...realParts] },
  {
    // The panel's thread: the shapes of its API, what the two threads say to each other, and the journal's reader. Of the watch it
    // knows nothing but words.
    place: 'gateway/panel/server/',
    may: [
      'gateway/panel/server/',
      'gateway/panel/api/',
      'gateway/panel/bridge',
      'config/vocabulary',
      'config/ids',
      // A signed report as it lies on the disk, and as it is written for people.
      'gateway/commissioning/report/',
      'drivers/clock',
      'drivers/whole-file',
      'sync/journal/reader/',
      'sync/journal/entry',
      // How a wall time is written; nothing of MQTT.
      'sync/mqtt/rfc3339',
    ],
  },
  {
    place: 'gateway/panel/api/',
    may: ['gateway/panel/api/', 'gateway/command/exercise-order', 'config/vocabulary', 'sync/journal/entry'],
  },
  // It runs in a browser: types of the API, and the one function that both sides share.
  { place: 'gateway/panel/page/', may: ['gateway/panel/page/', 'gateway/panel/api/'] },
  { place: 'gateway/main', may: gatewayMay, butNot: ['gateway/cli/'] },
  { place: 'gateway/cli/', may: gatewayMay, butNot: realParts },
  { place: 'hardware-sim/', may: simulatorMay, butNot: ['hardware-sim/demo/', 'hardware-sim/swarm/'] },
  {
    // The swarm puts the product together with other seams: what its main would choose, and nothing of how it works.
    place: 'hardware-sim/swarm/',
    may: [
      ...simulatorMay,
      'drivers/stream/codec-library',
      'gateway/gb26875-site',
      'gateway/health/box-health',
      'sync/gb26875/gb-uplink',
      'sync/journal/inline-store',
      'sync/mqtt/external-codes',
      'sync/mqtt/mqtt-uplink',
    ],
  },
  {
    // The demo is the one place that starts the gateway: it needs its main, the guard that comes before any native
    // import, the words in which the command line tells what happens, and the real serial stream for its mock binding.
    place: 'hardware-sim/demo/',
    may: [
      ...simulatorMay,
      'gateway/main',
      'gateway/cli/native-guard',
      'gateway/cli/teller',
      'drivers/serial/serial-link',
    ],
  },
];

/** Packages with one owner, and that owner. */
export const owners: Readonly<Record<string, string>> = {
  serialport: 'drivers/serial/serial-link.ts',
  'modbus-serial': 'drivers/modbus/modbus-pdu.ts',
  onoff: 'drivers/gpio/onoff-pins.ts',
  koffi: 'drivers/native/libc.ts',
  'node-cron': 'drivers/cron-calendar.ts',
  'better-sqlite3': 'sync/sqlite.ts',
  mqtt: 'sync/mqtt/mqtt-client.ts',
  pino: 'gateway/log.ts',
  fastify: 'gateway/panel/server/app.ts',
  uqr: 'gateway/papers/qr-code.ts',
};

/** Imports of other places than a rule allows, as `from → to`. A file that no rule names is wrong too. */
export function wrongImports(imports: readonly Import[], rules: readonly PlaceRule[]): readonly string[] {
  const isIn = (path: string, place: string): boolean =>
    /[/-]$/.test(place) ? path.startsWith(place) : path === `${place}.ts`;
  return imports.flatMap(({ from, to }) => {
    if (!to.includes('/') || to.startsWith('@')) return [];
    const rule = rules
      .filter(({ place }) => isIn(from, place))
      .reduce<PlaceRule | null>((best, each) => (each.place.length > (best?.place.length ?? 0) ? each : best), null);
    const isAllowed =
      rule?.may.some((place) => isIn(to, place)) === true && rule.butNot?.some((place) => isIn(to, place)) !== true;
    return isAllowed ? [] : [`${from} → ${to}`];
  });
}

/** Whoever uses one of these names in code, as `path: name`, each once. */
export function usesOf(tree: SourceTree, names: readonly string[]): readonly string[] {
  const pattern = new RegExp(
    `(?<![\\w$])(?:${names.map((name) => name.replace('.', '\\s*\\.\\s*')).join('|')})(?![\\w$])`,
    'g',
  );
  return [...tree].flatMap(([path, text]) => {
    const found = [...readSource(text).bare.matchAll(pattern)].map(([name]) => `${path}: ${name.replace(/\s/g, '')}`);
    return [...new Set(found)];
  });
}

/** Tests that are left out, or that leave the others out. `skipIf` is allowed: what needs a foreign program says so. */
export function leftOutTests(tree: SourceTree): readonly string[] {
  const pattern =
    /\b(?:describe|it|test|suite)(?:\s*\.\s*\w+)*\s*\.\s*(?:skip|only|todo)\b|\b(?:xit|xtest|xdescribe|fit|fdescribe)\s*\(/;
  return [...tree].filter(([, text]) => pattern.test(readSource(text).bare)).map(([path]) => path);
}
