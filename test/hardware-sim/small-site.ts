import { brandId } from '../../config/ids.js';
import type { LineConfig, OutputConfig, PointConfig, SiteConfig, UnitConfig } from '../../config/site.js';

const words = (text: string) => ({ zh: text, en: text });

/** Two lines and a board: a smoke detector, an input and output module, a relay module; a siren of each kind. */
export function smallSite(changes: Partial<SiteConfig> = {}): SiteConfig {
  return {
    file: '/site/small.yaml',
    site: { id: brandId('small'), district: brandId('here'), name: words('small') },
    dataDir: '/site/data',
    lines: [line('east', '/dev/ttyEAST'), line('west', '/dev/ttyWEST')],
    zones: [],
    units: [
      unit('smoke-1', 'generic-smoke-0010', 'east', 1),
      unit('io-1', 'n4d8b08', 'east', 2),
      unit('relay-1', 'waveshare-relay8', 'west', 3),
    ],
    points: [smoke, bareInput, floatSwitch, keyPin],
    outputs: [relaySiren, moduleSiren, pinSiren],
    plans: [],
    uplinks: [],
    gpio: { driver: 'simulated' },
    dailyReportAt: null,
    ...changes,
  };
}

export function line(id: string, path: string): LineConfig {
  return {
    id: brandId(id),
    name: words(id),
    transport: 'serial',
    path,
    baud: 9600,
    dataBits: 8,
    parity: 'none',
    stopBits: 1,
    timeoutMs: 200,
    quarantineMs: 100,
  };
}

function unit(id: string, profileId: string, lineId: string, address: number): UnitConfig {
  return {
    id: brandId(id),
    name: words(id),
    profileId,
    line: brandId(lineId),
    address,
    zone: null,
    place: null,
    limits: { maxRead: 8 },
    minScanMs: 0,
    interRequestMs: 0,
  };
}

const pointRest = { zone: null, place: null, physicalUnit: null, onDelayMs: 0, offDelayMs: 0 } as const;
const numberRest = { type: 'u16', scale: 1, offset: 0, invalid: [], validRange: null } as const;

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
