/** What changes from one site to another, and what of it only level Ⅲ on the box may change. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { isSameLine, isSameStream } from './kept-lines.js';
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
};
export function configDiff(before, after) {
    const of = (list) => changed(list(before), list(after));
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
    const isKept = ({ id, protocol }) => protocol === 'stream' ? isSameStream(before, after, id) : isSameLine(before, after, id);
    const unchangedLines = after.lines.filter(isKept).map(({ id }) => id);
    return { changes, unchangedLines, needsBox: boxOnly(before, after) };
}
/** Design.md §6: no command changes keys, users, outputs or the sounders of a plan. */
function boxOnly(before, after) {
    const parts = [
        ['keys', ({ commandKeys }) => commandKeys],
        // A relay that answers at another address is another siren.
        [
            'outputs',
            (site) => [site.outputs.map((output) => [output, carrierOf(site, output)]), site.heartbeats, site.speakers],
        ],
        // When it sounds belongs to it, and so does how: a plan for no zone, or a cadence of rests, sounds nothing.
        ['sounders', ({ plans, cadences }) => [plans.map(({ id, when, steps }) => [id, when, steps.map(heard)]), cadences]],
    ];
    const differing = parts.flatMap(([name, of]) => (isDeepStrictEqual(of(before), of(after)) ? [] : [name]));
    // A district that cuts itself off could never mend it.
    const isCutOff = before.uplinks.length > 0 && after.uplinks.length === 0;
    return isCutOff ? [...differing, 'uplinks'] : differing;
}
function carrierOf({ units, lines }, { target }) {
    if (target.kind === 'pin')
        return null;
    const unit = units.find(({ id }) => id === target.device);
    return [unit?.address, lines.find(({ id }) => id === unit?.line)];
}
function heard({ start, sound, say = [] }) {
    return [start, sound, say.map(({ speakers }) => speakers)];
}
/** Top-level keys of the site that are no lists of things with ids. */
function restOf(site) {
    const { quietHours, cadences, exercises, journal, telemetry, gpio, ups, dailyReportAt, programme, codes } = site;
    const { pairs, upkeep } = site;
    const rest = { quietHours, cadences, exercises, journal, telemetry, gpio, ups, dailyReportAt, programme, codes };
    return Object.entries({ ...rest, name: site.site.name, code: site.site.code, pairs, upkeep }).map(([id, value]) => ({
        id,
        value,
    }));
}
function changed(before, after) {
    const [old, next] = [before, after].map((all) => new Map(all.map((each) => [each.id, each])));
    const ids = (all) => [...(all ?? new Map()).keys()];
    return {
        added: ids(next).filter((id) => !old?.has(id)),
        removed: ids(old).filter((id) => !next?.has(id)),
        changed: ids(next).filter((id) => old?.has(id) && !isDeepStrictEqual(old.get(id), next?.get(id))),
    };
}
/** What decides which journal, which topics and which lock this is, is not changed while they are in use. */
export function isAnotherSite(before, after) {
    const of = ({ site, dataDir }) => [site.id, site.district, dataDir];
    return !isDeepStrictEqual(of(before), of(after));
}
