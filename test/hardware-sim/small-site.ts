import { brandId } from '../../config/ids.js';
import { resolveJournal, resolveTelemetry } from '../../config/resolve-keeping.js';
import type {
  OutputConfig,
  PointConfig,
  RegisterSource,
  SerialFormat,
  SerialLineConfig,
  SiteConfig,
  TcpLineConfig,
  UnitConfig,
} from '../../config/site.js';
import { voiceless } from '../../config/site-defaults.js';

const words = (text: string) => ({ zh: text, en: text });

/** Two lines and a board: a smoke detector, an input and output module, a relay module; a siren of each kind. */
export function smallSite(changes: Partial<SiteConfig> = {}): SiteConfig {
  return {
    file: '/site/small.yaml',
    site: { id: brandId('small'), district: brandId('here'), name: words('small'), code: null },
    dataDir: '/site/data',
    lines: [line('east', '/dev/ttyEAST'), line('west', '/dev/ttyWEST')],
    zones: [],
    units: [
      unit('smoke-1', 'generic-smoke-0010', 'east', 1),
      unit('io-1', 'n4d8b08', 'east', 2),
      unit('relay-1', 'waveshare-relay8', 'west', 3),
    ],
    streams: [],
    points: [smoke, bareInput, floatSwitch, keyPin],
    pairs: [],
    outputs: [relaySiren, moduleSiren, pinSiren],
    heartbeats: [],
    plans: [],
    ...voiceless,
    uplinks: [],
    commandKeys: [],
    codes: new Map(),
    journal: resolveJournal(undefined),
    telemetry: resolveTelemetry(undefined, []),
    gpio: { driver: 'simulated' },
    dailyReportAt: null,
    ...changes,
  };
}

export const format9600: SerialFormat = { baud: 9600, dataBits: 8, parity: 'none', stopBits: 1 };

function lineRest(id: string) {
  return {
    id: brandId<SerialLineConfig['id']>(id),
    name: words(id),
    protocol: 'modbus',
    timeoutMs: 200,
    quarantineMs: 100,
    fireDeadlineMs: 2000,
  } as const;
}

export function line(id: string, path: string): SerialLineConfig {
  return { ...lineRest(id), transport: 'serial', path, format: format9600, rs485: null };
}

export function tcpLine(id: string, changes: Partial<TcpLineConfig> = {}): TcpLineConfig {
  return { ...lineRest(id), transport: 'tcp', host: '192.0.2.7', port: 502, format: null, inFlight: 1, ...changes };
}

export function unit(id: string, profileId: string, lineId: string, address: number): UnitConfig {
  return {
    id: brandId(id),
    name: words(id),
    profileId,
    line: brandId(lineId),
    address,
    zone: null,
    place: null,
    limits: { maxRead: 8, maxBits: 8, maxGap: 0, maxBitGap: 0, forbidden: [] },
    responseTimeoutMs: 200,
    minScanMs: 0,
    interRequestMs: 0,
    afterWriteMs: 0,
    exceptionStyle: 'standard',
    setup: [],
  };
}

const pointRest = { zone: null, place: null, physicalUnit: null, onDelayMs: 0, offDelayMs: 0 } as const;
const numberRest = {
  type: 'u16',
  order: 'ABCD',
  bits: null,
  scan: 'fast',
  forceBreak: false,
  scale: 1,
  offset: 0,
  scaleFrom: null,
  unitFrom: null,
  invalid: [],
  validRange: null,
  faultBelow: null,
  faultAbove: null,
  maxStep: null,
  validIf: null,
  agreesWith: null,
  warmUpMs: 0,
} as const satisfies Partial<RegisterSource>;

const smoke: PointConfig = {
  ...pointRest,
  id: brandId('smoke-1/smoke'),
  name: words('smoke'),
  role: 'smoke.alarm',
  class: 'fire',
  severities: { normal: 'normal', alarm: 'fire' },
  source: {
    ...numberRest,
    kind: 'register',
    device: brandId('smoke-1'),
    table: 'holding',
    address: 0x0010,
    states: new Map([
      [0, 'normal'],
      [1, 'alarm'],
    ]),
  },
};

const bareInput: PointConfig = {
  ...pointRest,
  id: brandId('io-1/di3'),
  name: words('input 3'),
  role: 'contact',
  class: null,
  severities: { open: 'normal', closed: 'info' },
  source: {
    ...numberRest,
    kind: 'register',
    device: brandId('io-1'),
    table: 'holding',
    address: 0x0083,
    states: new Map([
      [0, 'open'],
      [1, 'closed'],
    ]),
  },
};

/** A normally closed contact on the same input. */
const floatSwitch: PointConfig = {
  ...pointRest,
  id: brandId('tank/low'),
  name: words('tank low'),
  role: 'water.low',
  class: 'supervisory',
  severities: { normal: 'normal', low: 'supervisory' },
  source: {
    ...numberRest,
    kind: 'register',
    device: brandId('io-1'),
    table: 'holding',
    address: 0x0083,
    states: new Map([
      [1, 'normal'],
      [0, 'low'],
    ]),
  },
};

const keyPin: PointConfig = {
  ...pointRest,
  id: brandId('key/reset'),
  name: words('reset key'),
  role: 'key.reset',
  class: null,
  severities: { released: 'normal', pressed: 'info' },
  source: { kind: 'pin', pin: 4, low: 'pressed', high: 'released' },
};

const relaySiren: OutputConfig = {
  id: brandId('siren-west'),
  name: words('siren west'),
  kind: 'siren',
  zone: null,
  onControlLost: 'keep-sounding',
  target: {
    kind: 'unit',
    device: brandId('relay-1'),
    on: { table: 'coil', address: 0, value: 1 },
    off: { table: 'coil', address: 0, value: 0 },
    readBack: { table: 'coil', address: 0, onRaw: 1 },
  },
};

const moduleSiren: OutputConfig = {
  ...relaySiren,
  id: brandId('siren-east'),
  target: {
    kind: 'unit',
    device: brandId('io-1'),
    on: { table: 'holding', address: 1, value: 0x0100 },
    off: { table: 'holding', address: 1, value: 0x0200 },
    readBack: { table: 'holding', address: 1, onRaw: 1 },
  },
};

const pinSiren: OutputConfig = {
  ...relaySiren,
  id: brandId('siren-hall'),
  target: { kind: 'pin', pin: 17, activeLow: true },
};

/** A number (or with `states` a state) of a unit's holding register. */
export function register(
  id: string,
  device: string,
  address: number,
  changes: Partial<RegisterSource> = {},
): PointConfig {
  return {
    ...pointRest,
    id: brandId(id),
    name: words(id),
    role: 'measurement',
    class: null,
    severities: {},
    source: {
      ...numberRest,
      kind: 'register',
      device: brandId(device),
      table: 'holding',
      address,
      states: null,
      ...changes,
    },
  };
}
