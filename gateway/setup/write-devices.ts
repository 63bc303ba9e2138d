/** Devices of a planned site as lines of its file, those that are left out as comments. Pure. */
import { placeToBeFilledIn } from '../../config/to-be-filled-in.js';
import { formatText } from './line-formats.js';
import type { LeftOut, PlannedDevice, PlannedLimit, PlannedLine } from './planned-site.js';
import { capital, comment, commentedOut, group, scalar, shortComment, wordsText } from './yaml-text.js';

const inList = '  ';
const inEntry = '    ';

/** Each line with its own devices below it, in the order of their addresses. */
export function devicesText(
  lines: readonly PlannedLine[],
  devices: readonly PlannedDevice[],
  leftOut: readonly LeftOut[],
): readonly string[] {
  return lines.flatMap((line) => {
    const own = devices.filter((device) => device.line === line.id);
    const rest = leftOut.filter((unit) => unit.line === line.id);
    const head = { zh: `线路 ${line.id}：${own.length} 台`, en: `Line ${line.id}: ${own.length} of its units` };
    return [
      `${inList}# ${head.zh}。${head.en}.`,
      ...own.flatMap((device, index) => deviceText(device, own[index - 1] ?? null)),
      ...rest.flatMap((unit) => leftOutText(unit, line)),
    ];
  });
}

/** Modules in one line, what watches a place in several: people fill in the place there. */
function deviceText(device: PlannedDevice, before: PlannedDevice | null): readonly string[] {
  const notes = notesText(device, before);
  const limits = device.limits.flatMap((limit) => comment(limit.why, inList));
  const entries = entriesOf(device);
  if (device.place === null && device.limits.length === 0) {
    return [...notes, `${inList}- ${group(Object.fromEntries(entries))}`];
  }
  const body = entries.map(([key, text], index) => `${index === 0 ? `${inList}- ` : inEntry}${key}: ${text}`);
  return [...notes, ...limits, ...body];
}

/** In a row of equal units the reasons are told once. */
function notesText({ notes, isWeak, allowDraft }: PlannedDevice, before: PlannedDevice | null): readonly string[] {
  if (notes.length === 0) return [];
  if (JSON.stringify(notes) !== JSON.stringify(before?.notes)) return notes.flatMap((note) => comment(note, inList));
  const [zh, en] = isWeak ? ['同上，只是弱识别', 'As above, only weakly identified'] : ['同上', 'As above'];
  const draft = allowDraft ? (['，草稿', ', a draft'] as const) : (['', ''] as const);
  return [shortComment({ zh: `${zh}${draft[0]}`, en: `${en}${draft[1]}` }, inList)];
}

function entriesOf(device: PlannedDevice): readonly (readonly [key: string, text: string])[] {
  const { id, profile, name, line, unit, variant, options, limits, zone, place, allowDraft } = device;
  const optional = (key: string, text: string | null): (readonly [string, string])[] =>
    text === null ? [] : [[key, text]];
  const given = Object.entries(options).map(([key, value]) => [key, scalar(value)] as const);
  return [
    ['id', scalar(id)],
    ['profile', scalar(profile)],
    ...optional('name', name === null ? null : wordsText(name)),
    ['line', scalar(line)],
    ['unit', String(unit)],
    ...optional('variant', variant === null ? null : scalar(variant)),
    ...optional('options', given.length === 0 ? null : group(Object.fromEntries(given))),
    ...optional('limits', limits.length === 0 ? null : group(Object.fromEntries(limits.map(limitEntry)))),
    ...optional('zone', zone === null ? null : scalar(zone)),
    ...optional('place', place === null ? null : wordsText(place === 'to-be-filled-in' ? placeToBeFilledIn : place)),
    ...optional('allow_draft', allowDraft ? 'true' : null),
  ];
}

function limitEntry({ point, low, high, deadband, onDelayS }: PlannedLimit): readonly [string, string] {
  return [point, group({ low, high, deadband, on_delay_s: onDelayS === 0 ? null : onDelayS })];
}

/** As it would stand there, so that taking the marks away is all that is left to do. */
function leftOutText({ address, format, why, todo, device }: LeftOut, line: PlannedLine): readonly string[] {
  const speed = formatText(format);
  const head = {
    zh: `地址 ${address}（${speed}）没有写进来：${why.zh}。${todo.zh}`,
    en: `Address ${address} (${speed}) is left out: ${why.en}. ${capital(todo.en)}`,
  };
  const entries =
    device === null
      ? ([
          ['id', `unit-${line.id}-${address}`.slice(0, 40)],
          ['profile', '?'],
          ['line', scalar(line.id)],
          ['unit', String(address)],
          ['place', wordsText(placeToBeFilledIn)],
        ] as const)
      : entriesOf(device);
  return [...comment(head, inList), ...commentedOut([`${inList}- ${group(Object.fromEntries(entries))}`], inList)];
}
