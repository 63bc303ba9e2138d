/** What `gengfu check` prints: per line how busy it is and how late a fire can be seen on it; numbers that never alarm; notes. */
import type { LineConfig, SiteConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import { type DeadUnits, deadUnits, hasBudget, type LineBudget } from '../../drivers/modbus/line-budget.js';
import { secondsOf, upToMs } from '../check-advice.js';
import { neverAlarming } from '../never-alarms.js';
import type { PlaceToFillIn } from '../places-to-fill-in.js';
import type { Lang } from './teller.js';

/** Points named per line, and of those that never alarm; the rest stands in `--json`. */
const namedMax = 5;
/** Notes that are shown; all of them stand in `--json`. */
const notesMax = 20;

/** The whole answer to a good site file, without the last line end. */
export function describeCheck(
  config: SiteConfig,
  budgets: readonly LineBudget[],
  lang: Lang,
  notes: readonly Words[] = [],
): string {
  const { lines, units, points } = countsOf(config);
  const head =
    lang === 'zh'
      ? `配置正确：${lines} 条线路，${units} 台设备，${points} 个监测点`
      : `the site file is good: ${some(lines, 'line')}, ${some(units, 'unit')}, ${some(points, 'point')}`;
  const each = config.lines.flatMap((line) => describeLine(line, budgets, lang));
  return [head, ...each, ...describeNeverAlarming(config, lang), ...describeNotes(notes, lang)].join('\n');
}

function describeNotes(notes: readonly Words[], lang: Lang): readonly string[] {
  const shown = notes.slice(0, notesMax).map((note) => (lang === 'zh' ? `注意：${note.zh}` : `note: ${note.en}`));
  const rest = notes.length - shown.length;
  const more = lang === 'zh' ? `注意：另有 ${rest} 条，见 --json` : `note: ${rest} more, see --json`;
  return rest > 0 ? [...shown, more] : shown;
}

function describeNeverAlarming(config: SiteConfig, lang: Lang): readonly string[] {
  const silent = neverAlarming(config);
  if (silent.length === 0) return [];
  const { length } = silent;
  const named = silent.slice(0, namedMax).map(({ id }) => id);
  const more = length > namedMax ? ` … (${length})` : '';
  return lang === 'zh'
    ? [
        `不会报警：${length} 个数值没有报警值，只显示`,
        `  ${named.join('，')}${more}`,
        '  需要报警就在设备上写 limits（low、high），见 config/README.md',
      ]
    : [
        `never alarms: ${some(length, 'number')} without limits, only shown`,
        `  ${named.join(', ')}${more}`,
        '  if one shall raise an alarm, write limits (low, high) at its device, see config/README.md',
      ];
}

/** For machines; times in ms, to 0.01, `null` where a point is never seen again. Worst cases are told for exactly so many dead
 * units. */
export function checkAsJson(
  config: SiteConfig,
  budgets: readonly LineBudget[],
  notes: readonly Words[] = [],
  places: readonly PlaceToFillIn[] = [],
): string {
  const rounded = (_key: string, value: unknown): unknown =>
    typeof value === 'number' ? Math.round(value * 100) / 100 : value;
  const neverAlarms = neverAlarming(config).map(({ id }) => id);
  const placesLeft = places.map(({ device, at: { line, column } }) => ({ device, line, column }));
  return JSON.stringify(
    { ok: true, ...countsOf(config), budgets, neverAlarms, notes, placesToFillIn: placesLeft },
    rounded,
  );
}

function some(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function countsOf(config: SiteConfig): { lines: number; units: number; points: number } {
  return {
    lines: config.lines.length,
    units: config.units.length + config.streams.length,
    points: config.points.length,
  };
}

/** The figures of one line, for people. */
export function describeLine(line: LineConfig, budgets: readonly LineBudget[], lang: Lang): readonly string[] {
  const zh = lang === 'zh';
  const name = line.name[lang] === line.id ? '' : ` ${line.name[lang]}`;
  const title = `${zh ? '线路' : 'line'} ${line.id}${name}  ${settingsOf(line)}`;
  const budget = budgets.find((each) => each.line === line.id);
  if (!hasBudget(line) || budget === undefined) {
    return [title, zh ? '  设备自己发送，不用询问' : '  its devices speak by themselves and are not asked'];
  }
  const load = `${Math.ceil(budget.loadPercent)} %`;
  const busy = zh ? `  ${budget.unitCount} 台设备，负载 ${load}` : `  ${some(budget.unitCount, 'unit')}, load ${load}`;
  if (budget.fire.length === 0) return [title, `${busy}${zh ? '，没有火警点' : ', no fire points'}`];
  const slowest = (dead: DeadUnits): number => Math.max(...budget.fire.map(({ worstMs }) => upToMs(worstMs, dead)));
  const worst = deadUnits.map((dead) => secondsOf(slowest(dead))).join(' / ');
  const limit = secondsOf(line.fireDeadlineMs);
  const atTimeout = secondsOf(Math.max(...budget.fire.map((each) => each.atTimeoutMs[0])));
  const { turnaroundMs, hostMs } = budget.assumed;
  const silent = secondsOf(budget.silentCostMs);
  const named = budget.fire.slice(0, namedMax).map(({ point, worstMs }) => `${point} ${secondsOf(upToMs(worstMs, 1))}`);
  const more = budget.fire.length > namedMax ? ` … (${budget.fire.length})` : '';
  return zh
    ? [
        title,
        busy,
        `  最迟看到火警（失联设备不超过 ${deadUnits.join('/')} 台）：${worst}，限 ${limit}`,
        `  最慢的点（失联不超过 1 台）：${named.join('，')}${more}`,
        `  假定设备在 ${turnaroundMs} ms 内应答、主机每次 ${hostMs} ms；都拖到超时才应答：${atTimeout}；一台设备刚失联时另加一次 ${silent}`,
      ]
    : [
        title,
        busy,
        `  a fire is seen within (up to ${deadUnits.join('/')} units dead): ${worst}, limit ${limit}`,
        `  slowest points (up to 1 dead): ${named.join(', ')}${more}`,
        `  if units answer within ${turnaroundMs} ms and the box takes ${hostMs} ms each time; if all answer only just in time: ${atTimeout}; once more ${silent} when a unit falls silent`,
      ];
}

function settingsOf(line: LineConfig): string {
  const { format } = line;
  const parity = { none: 'N', even: 'E', odd: 'O' } as const;
  const serial = format === null ? '' : `${format.baud} ${format.dataBits}${parity[format.parity]}${format.stopBits}`;
  if (line.transport === 'serial') return `${line.path} ${serial}`;
  return [`${line.transport} ${line.host}:${line.port}`, serial].filter((part) => part !== '').join(' ');
}
