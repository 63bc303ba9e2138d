/** `gengfu profile test`: reads every register of one unit through a profile, live, and says in the end what is right and what is not. */
import path from 'node:path';
import type { OptionValue } from '../../../config/device-options.js';
import { describeProblem, toldIn } from '../../../config/problem.js';
import { isModbus } from '../../../config/profile-kind.js';
import { parseProfile } from '../../../config/profile-library.js';
import type { DeviceProfile, ModbusProfile } from '../../../config/profile-schema.js';
import { readTextFile } from '../../../config/read-text.js';
import type { SiteConfig } from '../../../config/site.js';
import { deviceSchema } from '../../../config/site-schema.js';
import { type TrialFault, trialUnit } from '../../../config/trial-unit.js';
import { loadSiteLibrary } from '../../../config/user-profiles.js';
import { parseYaml } from '../../../config/yaml-document.js';
import { valueAt } from '../../../config/zod-problems.js';
import { TrialBook } from '../../profiles/trial-book.js';
import { TrialReader } from '../../profiles/trial-reader.js';
import { runTrial } from '../../profiles/trial-run.js';
import { phaseWords, trialJson, trialTable, verdictText } from '../../profiles/trial-screen.js';
import { trialVerdict } from '../../profiles/trial-verdict.js';
import { listen } from './interrupt.js';
import type { ProfileOptions } from './profile-options.js';
import { exits, leave, siteOf, type UnitOnLine, unitOnLine, watchedLimits } from './unit-on-line.js';

/** The exit status; null: it is set. */
export async function testProfile(options: ProfileOptions, what: string): Promise<number | null> {
  const found = await profileNamed(options, what);
  if (found === null) return null;
  const { profile, device } = found;
  const { baud, parity, stop_bits: stopBits } = profile.serial;
  const usual = { baud, parity, stopBits, slowestReplyMs: profile.timing.response_timeout_ms };
  const unit = await unitOnLine(options, usual, device);
  if (unit === null) return null;
  try {
    return await tryOn(options, profile, unit, device?.choices ?? null);
  } finally {
    await unit.close();
  }
}

async function tryOn(
  options: ProfileOptions,
  profile: ModbusProfile,
  unit: UnitOnLine,
  choices: Choices | null,
): Promise<number | null> {
  const { lang, json } = options;
  const chosen = choices ?? { variant: options.variant, options: optionsOf(options.option ?? []) };
  const made = trialUnit(profile, unit.line, { address: unit.address, ...chosen });
  if (!made.ok) {
    leave(options, exits.invalid, faultText(made.fault, 'zh'), faultText(made.fault, 'en'));
    return null;
  }
  const { trial } = made;
  const limits = unit.isWatched ? watchedLimits(trial.unit.limits) : trial.unit.limits;
  const reader = new TrialReader({ ...trial, unit: { ...trial.unit, limits } }, unit.ask);
  const book = new TrialBook(unit.isWatched ? null : unit.line);
  const isGuided =
    options.press !== false && options.for === undefined && trial.points.some(({ source }) => source.states !== null);
  const isLive = json !== true && process.stderr.isTTY === true;
  const interrupt = listen();
  await runTrial({
    ...{ clock: unit.clock, reader, book, isGuided, minScanMs: trial.unit.minScanMs, isEnded: interrupt.isThere },
    // Without a person at the terminal it does not go on for ever.
    forMs: options.for ?? (isLive ? null : unattendedMs),
    onRound: () => {
      if (isLive)
        process.stderr.write(
          `\u001b[H\u001b[2J${trialTable(book, lang)}\n${isGuided ? phaseWords[book.phase][lang] : endWords[lang]}\n`,
        );
    },
    onPhase: (phase) => {
      if (!isLive) process.stderr.write(`${phaseWords[phase][lang]}\n`);
    },
  });
  interrupt.stop();
  const verdict = trialVerdict(
    book,
    trial.unit,
    trial.unit.model?.slowestReplyMs ?? profile.timing.response_timeout_ms,
    isGuided,
  );
  const text =
    json === true
      ? JSON.stringify(trialJson(book, verdict))
      : `${trialTable(book, lang)}\n${verdictText(verdict, lang)}`;
  process.stdout.write(`${text}\n`);
  if (verdict.outcome === 'no-answer') return exits.unanswered;
  return verdict.outcome === 'wrong' ? exits.wrong : exits.done;
}

const unattendedMs = 10_000;
const endWords = { zh: 'Ctrl-C 结束', en: 'Ctrl-C ends it' } as const;

interface Choices {
  readonly variant?: string | undefined;
  readonly options: Readonly<Record<string, OptionValue>>;
}

interface NamedDevice {
  readonly config: SiteConfig;
  readonly line: string;
  readonly address: number;
  /** What the site file says of it. */
  readonly choices: Choices;
}

/** A file, an id of the library, or a device of the site file. Null, after it was said that it is none. */
async function profileNamed(
  options: ProfileOptions,
  what: string,
): Promise<{ readonly profile: ModbusProfile; readonly device: NamedDevice | null } | null> {
  if (/[/]|\.yaml$/.test(what)) {
    const file = path.resolve(what);
    const read = await readTextFile(file);
    const problems = read.ok ? parseProfile(file, read.text).problems : [read.problem];
    const profile = read.ok ? parseProfile(file, read.text).profile : null;
    for (const problem of problems) process.stderr.write(`${describeProblem(problem, options.lang)}\n`);
    if (profile === null) process.exitCode = exits.invalid;
    return modbusOnly(options, profile, null);
  }
  const library = await loadSiteLibrary(options.config, what);
  for (const problem of library.problems) process.stderr.write(`${describeProblem(problem, options.lang)}\n`);
  const profile = library.profiles.get(what);
  if (profile !== undefined) return modbusOnly(options, profile, null);
  if (library.problems.length > 0)
    return leave(options, exits.invalid, `型号 ${what} 有错`, `profile ${what} is wrong`);
  const config = await siteOf(options);
  if (config === null) return null;
  const unit = config.units.find(({ id }) => id === what);
  if (unit === undefined) {
    return leave(
      options,
      exits.invalid,
      `没有型号或设备 ${what}；gengfu profile list 列出型号`,
      `there is no profile or device ${what}; gengfu profile list tells the profiles`,
    );
  }
  const all = await loadSiteLibrary(options.config, unit.profileId);
  const choices = await choicesOf(config.file, what);
  const device = { config, line: unit.line, address: unit.address, choices };
  return modbusOnly(options, all.profiles.get(unit.profileId) ?? null, device);
}

/** Variant and options as the site file writes them; it was loaded a moment ago. */
async function choicesOf(file: string, id: string): Promise<Choices> {
  const read = await readTextFile(file);
  const { document } = read.ok ? parseYaml(file, read.text) : { document: null };
  const devices = valueAt(document?.value, ['devices']);
  const found = (Array.isArray(devices) ? devices : []).find((each) => valueAt(each, ['id']) === id);
  const device = deviceSchema.safeParse(found);
  return device.success ? { variant: device.data.variant, options: device.data.options } : { options: {} };
}

function modbusOnly(options: ProfileOptions, profile: DeviceProfile | null, device: NamedDevice | null) {
  if (profile === null) return null;
  if (isModbus(profile)) return { profile, device };
  return leave(
    options,
    exits.invalid,
    `${profile.id} 没有寄存器，这样试不了`,
    `${profile.id} has no registers and can not be tried so`,
  );
}

/** `scale=0.1` */
function optionsOf(given: readonly string[]): Readonly<Record<string, OptionValue>> {
  const pairs = given.map((each): [string, OptionValue] => {
    const [key = '', ...rest] = each.split('=');
    const text = rest.join('=');
    if (text === 'true' || text === 'false') return [key, text === 'true'];
    return [key, text !== '' && Number.isFinite(Number(text)) ? Number(text) : text];
  });
  return Object.fromEntries(pairs);
}

function faultText(fault: TrialFault, lang: 'zh' | 'en'): string {
  const zh = lang === 'zh';
  switch (fault.kind) {
    case 'no-registers':
      return zh ? '这个型号没有寄存器' : 'this profile has no registers';
    case 'variant':
      return zh
        ? `没有这个变体；有：${fault.known.join('、')}`
        : `there is no such variant; there are: ${fault.known.join(', ')}`;
    case 'option': {
      const [expected, got] = [toldIn(fault.expected, lang), toldIn(fault.got, lang)];
      return zh
        ? `选项 --option ${fault.key}=…：应为 ${expected}，实为 ${got}`
        : `option --option ${fault.key}=…: expected ${expected}, got ${got}`;
    }
  }
}
