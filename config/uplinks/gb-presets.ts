/**
 * Conventions of platforms and panels beyond GB/T 26875.3-2011, as public programs and frames on the wire show them: none of them is
 * written in the standard, which leaves sign of life, sign-in and version open.
 */
import type { GbDialect } from '../site-telling.js';
import type { GbPreset } from './gb-uplink-schema.js';

type Preset = Omit<GbDialect, 'readUnknown'>;

const standard: Preset = {
  timeCoding: 'binary',
  serialOrder: 'little',
  version: [1, 0],
  componentLayout: 'zone_point',
  fireState: 3,
  heartbeat: 'none',
  heartbeatMs: 30_000,
  handshake: 'none',
};

export const gbPresetDialects: Readonly<Record<GbPreset, Preset>> = {
  standard,
  heartbeat: { ...standard, heartbeat: 'empty', heartbeatMs: 20_000 },
  dahua: { ...standard, heartbeat: 'empty', heartbeatMs: 30_000 },
  login: { ...standard, heartbeat: 'empty', handshake: 'login' },
  haikang: { ...standard, timeCoding: 'bcd', fireState: 2 },
  sanjiang: { ...standard, version: [16, 0], heartbeat: 'sanjiang', handshake: 'sanjiang' },
  fuan: { ...standard, timeCoding: 'bcd', heartbeat: 'fuan', heartbeatMs: 10_000 },
  nb_iot: { ...standard, version: [2, 0], fireState: 2 },
};
