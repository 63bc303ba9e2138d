/** Whether each way has brought a fire to its centre in time, for people and for machines. Pure. */
import type { Words } from '../../config/vocabulary.js';
import type { PathSeen, PathTimes } from './path-times.js';

/** Something that is told of fires. */
export interface Path {
  readonly uplink: string;
  readonly kind: string;
  /** Its centre is ours: what it says counts. Otherwise the gateway's word does. */
  readonly isWatched: boolean;
}

/** `late`: confirmed after its limit; `unknown`: its centre has confirmed, and the gateway was not heard to know it in time. */
export type PathOutcome = 'held' | 'waiting' | 'silent' | 'late' | 'unknown';

export interface PathVerdict extends PathSeen {
  readonly uplink: string;
  readonly kind: string;
  /** From the stamp of the fire's entry to the confirmation; null: there was none. */
  readonly tookMs: number | null;
  readonly limitMs: number;
  readonly outcome: PathOutcome;
}

/** GB 26875.1-2011 4.1.2.1: a fire is at the centre within 10 s. */
const centreMaxMs = 10_000;
/** GB/T 45839-2025: to the remote platform in 10 s, from there to people in 15 s more. Here the message goes to them from the site. */
const peopleMaxMs = 25_000;

/** `waitedMs`: from the stamp of the fire until now. `slowness`: how many times longer the limits are. */
export function judgePath(times: PathTimes, path: Path, waitedMs: number, slowness: number): PathVerdict {
  const { confirmedMs, knownMs } = times.sinceRaised(path.uplink);
  const limitMs = (path.kind === 'sms' ? peopleMaxMs : centreMaxMs) * slowness;
  const tookMs = path.isWatched ? confirmedMs : knownMs;
  return { uplink: path.uplink, kind: path.kind, confirmedMs, knownMs, tookMs, limitMs, outcome: outcome() };

  function outcome(): PathOutcome {
    if (tookMs === null) return waitedMs <= limitMs ? 'waiting' : 'silent';
    if (tookMs > limitMs) return 'late';
    if (knownMs !== null && knownMs <= limitMs) return 'held';
    return knownMs === null && waitedMs <= limitMs ? 'waiting' : 'unknown';
  }
}

const confirmers: Readonly<Record<string, Words>> = {
  mqtt: { zh: '消息服务器', en: 'the broker' },
  gb26875: { zh: '监控中心', en: 'the centre' },
  http: { zh: '平台', en: 'the platform' },
  sms: { zh: '移动网络', en: 'the mobile network' },
};
const anyCentre: Words = { zh: '中心', en: 'the centre' };

export function verdictWords(verdict: PathVerdict, waitedMs: number): Words {
  const { uplink, kind, confirmedMs, tookMs, limitMs, outcome } = verdict;
  const who = confirmers[kind] ?? anyCentre;
  const limit = `≤ ${limitMs} ms`;
  const isByWord = tookMs !== null && confirmedMs === null;
  const by: Words = isByWord ? { zh: '，据网关所说', en: ', as the gateway says' } : { zh: '', en: '' };
  switch (outcome) {
    case 'held':
      return {
        zh: `✓ ${uplink}：报出火警后 ${tookMs} ms ${who.zh}确认（${limit}${by.zh}）`,
        en: `✓ ${uplink}: ${who.en} confirmed the fire ${tookMs} ms after it was raised (${limit}${by.en})`,
      };
    case 'late':
      return {
        zh: `✗ ${uplink}：报出火警后 ${tookMs} ms ${who.zh}才确认（${limit}）`,
        en: `✗ ${uplink}: ${who.en} confirmed the fire only ${tookMs} ms after it was raised (${limit})`,
      };
    case 'unknown':
      return {
        zh: `✗ ${uplink}：${who.zh}在 ${tookMs} ms 确认了火警，网关过了时限仍不知道（${limit}）`,
        en: `✗ ${uplink}: ${who.en} confirmed the fire after ${tookMs} ms, and the gateway did not know it in time (${limit})`,
      };
    case 'waiting':
    case 'silent':
      return {
        zh: `✗ ${uplink}：报出火警后 ${waitedMs} ms ${who.zh}仍未确认（${limit}）`,
        en: `✗ ${uplink}: ${who.en} has not confirmed the fire ${waitedMs} ms after it was raised (${limit})`,
      };
  }
}
