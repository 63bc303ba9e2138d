/** What changes from one site to another, and what of it only level Ⅲ on the box may change. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { LineId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import { isSameLine, isSameStream } from './kept-lines.js';

/** Ids of one kind of things. */
export interface Changed {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export const diffWords = {
  lines: { zh: '线路', en: 'lines' },
  devices: { zh: '设备', en: 'devices' },
  points: { zh: '监测点', en: 'points' },
  zones: { zh: '防区', en: 'zones' },
  outputs: { zh: '输出', en: 'outputs' },
  plans: { zh: '预案', en: 'plans' },
  speakers: { zh: '喇叭', en: 'loudspeakers' },
  messages: { zh: '消息', en: 'messages' },
  uplinks: { zh: '平台', en: 'uplinks' },
  keys: { zh: '命令密钥', en: 'command keys' },
  rest: { zh: '其他', en: 'other keys' },
} as const satisfies Record<string, Words>;
export type DiffKind = keyof typeof diffWords;

export interface ConfigDiff {
  readonly changes: Readonly<Record<DiffKind, Changed>>;
  /** Lines whose port stays open. */
  readonly unchangedLines: readonly LineId[];
  /** What only level Ⅲ on the box may apply. */
  readonly needsBox: readonly BoxOnly[];
}

export type BoxOnly = 'keys' | 'outputs' | 'sounders' | 'uplinks' | 'panel';

export function configDiff(before: SiteConfig, after: SiteConfig): ConfigDiff {
  const of = (list: (site: SiteConfig) => readonly { readonly id: string }[]): Changed =>
    changed(list(before), list(after));
  const changes = {
    lines: of(({ lines }) => lines),
    devices: of(({ units, streams }) => [...units, ...streams]),
    points: of(({ points }) => points),
    zones: of(({ zones }) => zones),
    outputs: of(({ outputs, heartbeats }) => [...outputs, ...heartbeats]),
    plans: of(({ plans }) => plans),
    speakers: of(({ speakers }) => speakers),
    messages: of(({ messages }) => messages),
    uplinks: of(({ uplinks }) => uplinks),
    keys: of(({ commandKeys }) => commandKeys),
    rest: changed(restOf(before), restOf(after)),
  };
  const isKept = ({ id, protocol }: SiteConfig['lines'][number]): boolean =>
    protocol === 'stream' ? isSameStream(before, after, id) : isSameLine(before, after, id);
  const unchangedLines = after.lines.filter(isKept).map(({ id }) => id);
  return { changes, unchangedLines, needsBox: boxOnly(before, after) };
}

/** Design.md §6: no command changes keys, users, outputs or the sounders of a plan. */
function boxOnly(before: SiteConfig, after: SiteConfig): readonly BoxOnly[] {
  const parts: readonly (readonly [BoxOnly, (site: SiteConfig) => unknown])[] = [
    ['keys', ({ commandKeys }) => commandKeys],
    // A relay that answers at another address is another siren.
    [
      'outputs',
      (site) => [site.outputs.map((output) => [output, carrierOf(site, output)]), site.heartbeats, site.speakers],
    ],
    // When it sounds belongs to it, and so does how: a plan for no zone, or a cadence of rests, sounds nothing. A test by the calendar
    // sounds as well.
    [
      'sounders',
      ({ plans, cadences, exercises }) => [
        plans.map(({ id, when, steps }) => [id, when, steps.map(heard)]),
        cadences,
        exercises,
      ],
    ],
    ['uplinks', ({ uplinks }) => uplinks.map(whoIsTold)],
    // Where it listens is who may try its passwords.
    ['panel', ({ panel }) => panel],
  ];
  return parts.flatMap(([name, of]) => (isDeepStrictEqual(of(before), of(after)) ? [] : [name]));
}

/**
 * What of an uplink is only how it is told. All else says who is told what, in whose name, and who may order something there: a url of
 * somebody else's, with `password_file: /etc/shadow`, would hand out the box; without one the district could never mend it.
 */
const howItIsTold: ReadonlySet<string> = new Set([
  ...['mqttVersion', 'keepaliveS', 'telemetry', 'pacePerS', 'dataBudgetBytes', 'receiptWithinMs'],
  ...['timeoutMs', 'heartbeatMs', 'batchMax', 'resends', 'outstandingMax'],
]);

function whoIsTold(uplink: SiteConfig['uplinks'][number]): unknown {
  return Object.fromEntries(Object.entries(uplink).filter(([key]) => !howItIsTold.has(key)));
}

function carrierOf({ units, lines }: SiteConfig, { target }: SiteConfig['outputs'][number]): unknown {
  if (target.kind === 'pin') return null;
  const unit = units.find(({ id }) => id === target.device);
  return [unit?.address, lines.find(({ id }) => id === unit?.line)];
}

function heard({ start, sound, say = [] }: SiteConfig['plans'][number]['steps'][number]): unknown {
  return [start, sound, say.map(({ speakers }) => speakers)];
}

/** Top-level keys of the site that are no lists of things with ids. */
function restOf(site: SiteConfig): readonly { readonly id: string; readonly value: unknown }[] {
  const { quietHours, cadences, exercises, journal, telemetry, gpio, ups, dailyReportAt, programme, codes } = site;
  const { pairs, upkeep, panel, households } = site;
  const rest = { quietHours, cadences, exercises, journal, telemetry, gpio, ups, dailyReportAt, programme, codes };
  return Object.entries({ ...rest, name: site.site.name, code: site.site.code, pairs, upkeep, panel, households }).map(
    ([id, value]) => ({
      id,
      value,
    }),
  );
}

function changed(before: readonly { readonly id: string }[], after: readonly { readonly id: string }[]): Changed {
  const [old, next] = [before, after].map((all) => new Map(all.map((each) => [each.id, each])));
  const ids = (all: ReadonlyMap<string, unknown> | undefined): readonly string[] => [...(all ?? new Map()).keys()];
  return {
    added: ids(next).filter((id) => !old?.has(id)),
    removed: ids(old).filter((id) => !next?.has(id)),
    changed: ids(next).filter((id) => old?.has(id) && !isDeepStrictEqual(old.get(id), next?.get(id))),
  };
}

/** What decides which journal, which topics and which lock this is, is not changed while they are in use. */
export function isAnotherSite(before: SiteConfig, after: SiteConfig): boolean {
  const of = ({ site, dataDir }: SiteConfig): unknown => [site.id, site.district, dataDir];
  return !isDeepStrictEqual(of(before), of(after));
}
