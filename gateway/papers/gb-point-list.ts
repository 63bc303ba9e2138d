/** The point table of a centre of GB/T 26875.3, to hand to the platform's engineer: as text, and as CSV for a spreadsheet. Pure. */
import type { GbUplinkConfig, SiteConfig } from '../../config/site.js';
import { gbComponents, gbQuantities, gbSystems } from '../../config/uplinks/gb-codes.js';
import { type GbPointRow, type GbPointTable, pointTable } from '../../config/uplinks/gb-point-table.js';
import { gbBits } from '../../config/uplinks/gb-roles.js';
import type { Words } from '../../config/vocabulary.js';

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
  { zh: '系统类型', en: 'system' },
  { zh: '系统', en: 'system name' },
  { zh: '系统地址', en: 'system address' },
  { zh: '部件类型', en: 'component' },
  { zh: '部件', en: 'component name' },
  { zh: '部件地址', en: 'component address' },
  { zh: '区号', en: 'zone number' },
  { zh: '点号', en: 'number' },
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
  device: { zh: '本机地址', en: 'our address' },
  centre: { zh: '中心地址', en: "centre's address" },
  version: { zh: '协议版本', en: 'version' },
  time: { zh: '时间编码', en: 'time' },
  binary: { zh: '二进制', en: 'binary' },
  serial: { zh: '流水号', en: 'serial' },
  little: { zh: '低字节在前', en: 'low byte first' },
  big: { zh: '高字节在前', en: 'high byte first' },
  layout: { zh: '部件地址布局', en: 'component address' },
  zone_point: { zh: '区号、点号各两字节，低字节在前', en: 'zone and number, two bytes each, low byte first' },
  point_zone: { zh: '点号、区号各两字节，低字节在前', en: 'number and zone, two bytes each, low byte first' },
  number: { zh: '点号四字节，低字节在前', en: 'number, four bytes, low byte first' },
  fire: { zh: '火警状态字', en: 'state word of a fire' },
  untold: { zh: '不上报的监测点', en: 'points that are not told' },
} as const satisfies Record<string, Words>;

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

/** As text, without the last line end. */
export function gbPointText({ uplink, table }: GbPaper, config: SiteConfig, lang: Lang): string {
  const { dialect } = uplink;
  const time = dialect.timeCoding === 'bcd' ? 'BCD' : words.binary[lang];
  const settings: readonly (readonly [Words, string])[] = [
    [words.device, hexOf(uplink.address)],
    [words.centre, hexOf(uplink.centreAddress)],
    [words.version, dialect.version.join('.')],
    [words.time, time],
    [words.serial, words[dialect.serialOrder][lang]],
    [words.layout, words[dialect.componentLayout][lang]],
    [words.fire, `0x000${dialect.fireState}`],
  ];
  const head = `GB/T 26875.3 ${words.table[lang]}  ${config.site.name[lang]}  ${uplink.id}  ${uplink.host}:${uplink.port}`;
  const lines = table.rows.map((row) =>
    cellsOf(row, config, lang)
      .filter((cell) => cell !== '')
      .join('  '),
  );
  const count = table.untold.length;
  return [
    head,
    ...settings.map(([what, value]) => `${what[lang]}: ${value}`),
    '',
    ...(lines.length === 0 ? [words.nothing[lang]] : [heads.map((each) => each[lang]).join('  '), ...lines]),
    ...(count === 0 ? [] : ['', `${words.untold[lang]}: ${count}`]),
  ].join('\n');
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

function hexOf(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('');
}

/** No spreadsheet takes a name for a formula, nor the full-width signs of a Chinese keyboard (OWASP, CSV injection). */
function quoted(cell: string): string {
  const safe = /^[\t\r\n]|^[=+\-@]/.test(cell.trimStart().normalize('NFKC')) ? `'${cell}` : cell;
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
