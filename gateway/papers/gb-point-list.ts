/** The point table of a centre of GB/T 26875.3, to hand to the platform's engineer: as text, and as CSV for a spreadsheet. Pure. */
import type { GbUplinkConfig, SiteConfig } from '../../config/site.js';
import { gbComponents, gbQuantities, gbSystems } from '../../config/uplinks/gb-codes.js';
import { type GbPointRow, type GbPointTable, pointTable } from '../../config/uplinks/gb-point-table.js';
import { gbBits } from '../../config/uplinks/gb-roles.js';
import type { Words } from '../../config/vocabulary.js';
import { columnsOf } from './columns.js';
import { gbConventions, hexOf } from './gb-conventions.js';

type Lang = 'zh' | 'en';

const bitWords: readonly (readonly [bit: number, words: Words])[] = [
  [gbBits.fire, { zh: '火警', en: 'fire' }],
  [gbBits.fault, { zh: '故障', en: 'fault' }],
  [gbBits.shielded, { zh: '屏蔽', en: 'shielded' }],
  [gbBits.supervisory, { zh: '监管', en: 'supervisory' }],
  [gbBits.started, { zh: '启动', en: 'started' }],
  [gbBits.feedback, { zh: '反馈', en: 'feedback' }],
  [gbBits.power, { zh: '电源故障', en: 'power fault' }],
];
const own: Words = { zh: '用户自定义', en: 'user-defined' };
const none: Words = { zh: '无', en: 'none' };

const heads: readonly Words[] = [
  { zh: '系统类型', en: 'system type' },
  { zh: '系统', en: 'system' },
  { zh: '系统地址', en: 'system address' },
  { zh: '部件类型', en: 'component type' },
  { zh: '部件', en: 'component' },
  { zh: '部件地址', en: 'component address' },
  { zh: '区号', en: 'zone number' },
  { zh: '点号', en: 'point number' },
  { zh: '名称', en: 'name' },
  { zh: '防区', en: 'zone' },
  { zh: '状态位', en: 'state bits' },
  { zh: '模拟量', en: 'analog' },
  { zh: '单位', en: 'one count' },
  { zh: '本机编号', en: 'our id' },
];

const words = {
  nothing: { zh: '没有要上报的部件', en: 'there is no component to tell of' },
  table: { zh: '点表', en: 'point table' },
  untold: { zh: '不上报的监测点', en: 'points that are not told' },
  list: { zh: '--json 列出是哪些、为什么', en: '--json lists them, and why' },
} as const satisfies Record<string, Words>;
/** Where a code stands before its name, and a cell is one of both. */
const pairs: ReadonlySet<number> = new Set([0, 3]);

/** What a paper of one uplink shows. */
export interface GbPaper {
  readonly uplink: GbUplinkConfig;
  readonly table: GbPointTable;
}

/** Of one uplink, or of all that speak this language. */
export function gbPapers(config: SiteConfig, id: string | null): readonly GbPaper[] {
  return config.uplinks.flatMap((uplink) =>
    uplink.kind === 'gb26875' && (id === null || uplink.id === id)
      ? [{ uplink, table: pointTable(config, uplink) }]
      : [],
  );
}

/** As text, without the last line end: what was agreed upon, then the table, a code and its name in one column. */
export function gbPointText({ uplink, table }: GbPaper, config: SiteConfig, lang: Lang): string {
  const head = `GB/T 26875.3 ${words.table[lang]}  ${config.site.name[lang]}  ${uplink.id}  ${uplink.host}:${uplink.port}`;
  const rows = [heads.map((each) => each[lang]), ...table.rows.map((row) => cellsOf(row, config, lang))];
  const count = table.untold.length;
  return [
    head,
    ...gbConventions(uplink).map(({ what, value }) => `${what[lang]}: ${value[lang]}`),
    '',
    ...(table.rows.length === 0 ? [words.nothing[lang]] : aligned(rows.map(inPairs))),
    ...(count === 0 ? [] : ['', `${words.untold[lang]}: ${count} (${words.list[lang]})`]),
  ].join('\n');
}

function inPairs(cells: readonly string[]): readonly string[] {
  return cells.flatMap((cell, at) => {
    if (pairs.has(at)) return [`${cell} ${cells[at + 1] ?? ''}`.trim()];
    return pairs.has(at - 1) ? [] : [cell === '' ? '–' : cell];
  });
}

function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => columnsOf(row[at] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, at) => `${cell}${' '.repeat((widths[at] ?? 0) - columnsOf(cell))}`)
      .join('  ')
      .trimEnd(),
  );
}

/** With the mark without which Excel takes Chinese for Latin letters; CR LF. */
export function gbPointCsv(papers: readonly GbPaper[], config: SiteConfig, lang: Lang): string {
  const uplink: Words = { zh: '上联', en: 'uplink' };
  const head = [uplink, ...heads].map((each) => quoted(each[lang])).join(',');
  const rows = papers.flatMap(({ uplink: { id }, table }) =>
    table.rows.map((row) => [id, ...cellsOf(row, config, lang)].map(quoted).join(',')),
  );
  return `\uFEFF${[head, ...rows].join('\r\n')}\r\n`;
}

function cellsOf(row: GbPointRow, config: SiteConfig, lang: Lang): readonly string[] {
  const { system, component, analog } = row;
  const zone = config.zones.find(({ id }) => id === row.zone);
  const bits = bitWords.flatMap(([bit, name]) =>
    (row.bits | gbBits.fault | gbBits.shielded) & bit ? [name[lang]] : [],
  );
  const quantity = analog === null ? '' : (gbQuantities.get(analog.type) ?? own)[lang];
  return [
    String(system),
    (gbSystems.get(system) ?? own)[lang],
    String(row.systemAddress),
    String(component),
    (gbComponents.get(component) ?? own)[lang],
    hexOf(row.address),
    String(row.zoneNumber),
    String(row.number),
    row.name[lang],
    zone?.name[lang] ?? none[lang],
    bits.join('/'),
    analog === null ? '' : `${analog.type} ${quantity}`,
    analog === null ? '' : `${analog.step} ${analog.unit}`,
    row.id,
  ];
}

/** No spreadsheet takes a name for a formula, nor the full-width signs of a Chinese keyboard (OWASP, CSV injection). */
function quoted(cell: string): string {
  const safe = /^[\t\r\n]|^[=+\-@]/.test(cell.trimStart().normalize('NFKC')) ? `'${cell}` : cell;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
