/** How it can stand with the SIM and the network of a modem, and what people call it. */
import type { Severity, Words } from './vocabulary.js';

export type SimState = 'ready' | 'missing' | 'pin' | 'puk';
export type NetworkState = 'home' | 'roaming' | 'searching' | 'denied' | 'none';

/** Each null: not known. */
export interface ModemFigures {
  readonly signalDbm: number | null;
  readonly sim: SimState | null;
  readonly network: NetworkState | null;
}

interface StateRow<Key extends string> {
  readonly key: Key;
  readonly names: Words;
  /** The uplink itself is at fault then: the point only shows. */
  readonly severity: Severity;
}

export const simStates: readonly StateRow<SimState>[] = [
  { key: 'ready', names: { zh: '正常', en: 'ready' }, severity: 'normal' },
  { key: 'missing', names: { zh: '无卡', en: 'no SIM' }, severity: 'info' },
  { key: 'pin', names: { zh: '要 PIN 码', en: 'asks for its PIN' }, severity: 'info' },
  { key: 'puk', names: { zh: '已锁，要 PUK 码', en: 'locked, asks for its PUK' }, severity: 'info' },
];

export const networkStates: readonly StateRow<NetworkState>[] = [
  { key: 'home', names: { zh: '已注册', en: 'registered' }, severity: 'normal' },
  { key: 'roaming', names: { zh: '已注册（漫游）', en: 'registered, roaming' }, severity: 'normal' },
  { key: 'searching', names: { zh: '搜索中', en: 'searching' }, severity: 'info' },
  { key: 'denied', names: { zh: '被拒绝', en: 'refused' }, severity: 'info' },
  { key: 'none', names: { zh: '无网络', en: 'no network' }, severity: 'info' },
];
