/** What `gengfu init` has decided, and what it has left to people. Pure. */
import type { Words } from '../../config/vocabulary.js';
import { placesToFillIn } from '../places-to-fill-in.js';
import { formatText } from './line-formats.js';
import { lineAtText } from './line-names.js';
import { unassignedZone } from './plan-response.js';
import type { PlannedSite } from './planned-site.js';

export interface Decision extends Words {
  readonly what: 'kind' | 'line' | 'deadline' | 'weak' | 'draft' | 'sounder';
  /** The line, device or output that it is about. */
  readonly of: string;
}

export interface Left extends Words {
  readonly what: 'place' | 'zone' | 'unit' | 'password' | 'search' | 'port';
  readonly of: string;
  /** In the written file; null: nowhere. */
  readonly at: { readonly line: number; readonly column: number } | null;
}

export interface SetupReport {
  readonly kind: string;
  readonly counts: {
    readonly lines: number;
    readonly zones: number;
    readonly devices: number;
    readonly leftOut: number;
    readonly sounders: number;
    readonly households: number;
    readonly placesToFillIn: number;
  };
  readonly decided: readonly Decision[];
  readonly left: readonly Left[];
}

/** `file` only names the text. */
export function reportOf(site: PlannedSite, file: string, text: string): SetupReport {
  const places = placesToFillIn(file, text).map(
    ({ device, at }): Left => ({
      what: 'place',
      of: device,
      at: { line: at.line, column: at.column },
      zh: '位置待填',
      en: 'its place is to be filled in',
    }),
  );
  return {
    kind: site.preset.id,
    counts: {
      lines: site.lines.length,
      zones: site.zones.length,
      devices: site.devices.length,
      leftOut: site.leftOut.length,
      sounders: site.outputs.length,
      households: site.households.length,
      placesToFillIn: places.length,
    },
    decided: decidedIn(site),
    left: [...unitsLeft(site), ...portsLeft(site), ...zonesLeft(site), ...places, ...passwordsLeft(site)],
  };
}

function decidedIn({ preset, lines, devices, outputs }: PlannedSite): readonly Decision[] {
  return [
    {
      what: 'kind',
      of: preset.id,
      zh: `${preset.names.zh}：${preset.means.zh}`,
      en: `${preset.names.en}: ${preset.means.en}`,
    },
    ...lines.flatMap((line): Decision[] => {
      const speed = formatText(line.format);
      const where = lineAtText(line.at);
      const own: Decision = { what: 'line', of: line.id, zh: `${where}，${speed}`, en: `${where}, ${speed}` };
      const notes = line.notes.map((note): Decision => ({ what: 'line', of: line.id, ...note }));
      if (line.fireDeadlineMs === null) return [own, ...notes];
      const seconds = (line.fireDeadlineMs / 1000).toFixed(1);
      const late: Decision = {
        what: 'deadline',
        of: line.id,
        zh: `火警时限放宽到 ${seconds} 秒`,
        en: `its limit for fire is ${seconds} s`,
      };
      return [own, ...notes, late];
    }),
    ...devices.flatMap(({ id, profile, isWeak, allowDraft }): Decision[] => [
      ...(isWeak
        ? [
            {
              what: 'weak' as const,
              of: id,
              zh: `按 ${profile} 写，只是弱识别`,
              en: `written as ${profile}, only weakly identified`,
            },
          ]
        : []),
      ...(allowDraft
        ? [
            {
              what: 'draft' as const,
              of: id,
              zh: `${profile} 是草稿，按测试按钮试一次`,
              en: `${profile} is a draft: press the test button once`,
            },
          ]
        : []),
    ]),
    ...outputs.map(({ id, target, zone }): Decision => {
      const at = target.kind === 'relay' ? `${target.device}:${target.channel}` : `gpio${target.pin}`;
      return {
        what: 'sounder',
        of: id,
        zh: `${at}${zone === null ? '，全村' : `，防区 ${zone}`}`,
        en: `${at}${zone === null ? ', everywhere' : `, zone ${zone}`}`,
      };
    }),
  ];
}

function unitsLeft({ leftOut, isWhole }: PlannedSite): readonly Left[] {
  const units = leftOut.map(
    ({ line, address, why, todo }): Left => ({
      what: 'unit',
      of: `${line}:${address}`,
      at: null,
      zh: `${why.zh}。${todo.zh}`,
      en: `${why.en}; ${todo.en}`,
    }),
  );
  if (isWhole) return units;
  const zh = '搜索没有做完，可能还有设备没找到';
  return [
    ...units,
    { what: 'search', of: 'survey', at: null, zh, en: 'the search was broken off: there may be more units' },
  ];
}

function portsLeft({ silentLines }: PlannedSite): readonly Left[] {
  return silentLines.map(({ at, troubles }): Left => {
    const said = troubles.length === 0 ? [{ zh: '没有应答', en: 'nothing answers' }] : troubles;
    return {
      what: 'port',
      of: lineAtText(at),
      at: null,
      zh: said.map(({ zh }) => zh).join('；'),
      en: said.map(({ en }) => en).join('; '),
    };
  });
}

function zonesLeft({ devices }: PlannedSite): readonly Left[] {
  return devices
    .filter(({ zone }) => zone === unassignedZone.id)
    .map(({ id }) => ({
      what: 'zone' as const,
      of: id,
      at: null,
      zh: '还没有分到防区：着火时所有警铃都响',
      en: 'it is in no zone yet: a fire there sounds everything',
    }));
}

function passwordsLeft({ uplink }: PlannedSite): readonly Left[] {
  const file = uplink?.passwordFile ?? null;
  if (file === null) return [];
  return [
    {
      what: 'password',
      of: file,
      at: null,
      zh: '把平台密码写进这个文件（chmod 600）',
      en: 'write the password of the centre into this file (chmod 600)',
    },
  ];
}
