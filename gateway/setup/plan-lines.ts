/** The lines of a survey: what each is called, which format it gets, and how long it waits. Pure. */
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { SurveyFormat, SurveyLine, SurveyUnit } from '../survey/survey.js';
import type { LineAnswer } from './answers-schema.js';
import { type FormatGroups, formatGroups, formatText } from './line-formats.js';
import { freeId, lineAtText, lineIdOf } from './line-names.js';
import type { PlannedLine } from './planned-site.js';

/** As the site file has it where it says nothing. */
const usualTimeoutMs = 200;
const usualQuarantineMs = 100;
/** A server adds its own. */
const serverTimeoutMs = 400;
const serverQuarantineMs = 200;
const stepMs = 50;
/** A unit that took so long once may take half as long again. */
const slowerFactor = 1.5;
/** As long as a site file may wait. */
const timeoutMaxMs = 5000;

/** A line at which something answers. */
export interface NamedLine extends FormatGroups {
  readonly id: string;
  readonly answer: LineAnswer | null;
  /** What in the answers names it; null: nothing. */
  readonly answerIndex: number | null;
  readonly found: SurveyLine;
}

/** In the order of the survey. Two lines of one id in the answers: the second one gets another. */
export function nameLines(lines: readonly SurveyLine[], answers: readonly LineAnswer[]): readonly NamedLine[] {
  const taken = new Set<string>();
  return lines.flatMap((found, index) => {
    const groups = formatGroups(found.units);
    if (groups === null) return [];
    const answerIndex = answers.findIndex(({ at }) => at === lineAtText(found.at));
    const answer = answers[answerIndex] ?? null;
    const id = freeId(answer?.id ?? lineIdOf(found.at, index + 1), taken);
    taken.add(id);
    return [{ ...groups, id, answer, answerIndex: answerIndex < 0 ? null : answerIndex, found }];
  });
}

/** By its id, its path, or host:port; null: no such line. */
export function findLine(written: string, lines: readonly NamedLine[]): NamedLine | null {
  return lines.find(({ id, found }) => id === written || lineAtText(found.at) === written) ?? null;
}

/** `profiles`: of the units that are written. */
export function planLine(
  line: NamedLine,
  profiles: readonly ModbusProfile[],
  taken: readonly SurveyUnit[],
): PlannedLine {
  const { id, answer, found } = line;
  const isServer = found.at.kind === 'tcp';
  const slowestMs = Math.max(0, ...taken.map(({ answerMs }) => answerMs));
  const neededMs = Math.max(0, ...profiles.map(({ timing }) => timing.response_timeout_ms));
  const [format, note] = formatFor(line, profiles);
  return {
    id,
    name: answer?.name ?? null,
    at: found.at,
    adapter: found.adapter,
    format,
    ...patience(neededMs, slowestMs * slowerFactor, isServer),
    fireDeadlineMs: null,
    notes: [...found.troubles, ...mixed(line), ...note],
  };
}

/** Together no less than the slowest paper, and the time-out alone no less than what was measured. */
function patience(
  neededMs: number,
  measuredMs: number,
  isServer: boolean,
): Pick<PlannedLine, 'timeoutMs' | 'quarantineMs'> {
  const [timeout, quarantine] = isServer ? [serverTimeoutMs, serverQuarantineMs] : [usualTimeoutMs, usualQuarantineMs];
  const share = timeout / (timeout + quarantine);
  const timeoutMs = Math.min(timeoutMaxMs, Math.max(timeout, steps(measuredMs), steps(neededMs * share)));
  return { timeoutMs, quarantineMs: Math.max(quarantine, steps(neededMs - timeoutMs)) };
}

function steps(ms: number): number {
  return Math.ceil(ms / stepMs) * stepMs;
}

/** Behind Modbus TCP a unit that speaks nothing but RTU hangs at a pair, whose speed nobody can ask. */
function formatFor(
  { format, found }: NamedLine,
  profiles: readonly ModbusProfile[],
): readonly [SurveyFormat | null, readonly Words[]] {
  const behind = profiles.find(({ link }) => !link.transports.includes('tcp'));
  if (format !== null || found.at.kind === 'serial' || behind === undefined) return [format, []];
  if (found.at.transport === 'rtu_over_tcp') return [null, []];
  const { baud, parity, stop_bits: stopBits } = behind.serial;
  const known = bauds.find((each) => each === baud) ?? 9600;
  return [
    { baud: known, parity, stopBits },
    [
      {
        zh: `服务器后面那条 RS-485 的波特率问不到，按 ${behind.id} 出厂值写；请在服务器的设置里核对`,
        en: `nobody can ask how fast the pair behind the server is: written as ${behind.id} leaves the factory; look it up in the settings of the server`,
      },
    ],
  ];
}

const bauds = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200] as const;

function mixed({ format, units, others }: NamedLine): readonly Words[] {
  if (others.length === 0) return [];
  const text = formatText(format);
  const named = others.map((unit) => `${unit.address}（${formatText(unit.format)}）`).join('、');
  const namedEn = others.map((unit) => `${unit.address} (${formatText(unit.format)})`).join(', ');
  return [
    {
      zh: `这条线上的速率不一致：${units.length} 台用 ${text}，按多数写；其余要改成 ${text} 才听得到：${named}`,
      en: `units of this pair speak differently: ${units.length} of them ${text}, and so it is written; the others are not heard before they are set to ${text}: ${namedEn}`,
    },
  ];
}
