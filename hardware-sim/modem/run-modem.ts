/** `npm run sim -- --modem ./modem0`: the simulated modem on a pseudo-terminal. Exit status: 0 asked to end, 1 the pseudo-terminal broke,
 * 2 it can not start. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Words } from '../../config/vocabulary.js';
import { SystemClock } from '../../drivers/clock.js';
import { ptyFailureWords } from '../pty-failure-words.js';
import { openPty } from '../socat-pty.js';
import { rfc3339Of } from '../wall-text.js';
import { modemHelp, obeyModemLine } from './modem-talk.js';
import { type ModemEvent, SimAtModem } from './sim-at-modem.js';

const exitBroken = 1;
const exitRefused = 2;
const usage: Words = {
  zh: '用法：npm run sim -- --modem ./modem0 [--log] [--sim ready|missing|pin|puk] [--json] [--lang zh|en]（需要 socat）\n运行后键入 help 查看命令。',
  en: 'usage: npm run sim -- --modem ./modem0 [--log] [--sim ready|missing|pin|puk] [--json] [--lang zh|en] (needs socat)\nType help once it runs.',
};
const flags = {
  modem: { type: 'string' },
  log: { type: 'boolean' },
  sim: { type: 'string' },
  json: { type: 'boolean' },
  lang: { type: 'string' },
} as const;
const defaultPath = './modem0';

export function asksForModem(args: readonly string[]): boolean {
  return args.some((arg) => arg === '--modem' || arg.startsWith('--modem='));
}

export async function runModem(args: readonly string[]): Promise<number> {
  const options = parse(args);
  if (options === null) {
    process.stderr.write(`${usage.zh}\n${usage.en}\n`);
    return exitRefused;
  }
  const clock = new SystemClock();
  const modem = new SimAtModem({ clock, knobs: { sim: options.sim } });
  let end: (status: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const pty = await openPty(options.path, clock, {
    onBytes: (bytes) => modem.hear(bytes),
    onGone: () => end(exitBroken),
  });
  if (typeof pty === 'string') {
    process.stderr.write(`${ptyFailureWords[pty].zh}\n${ptyFailureWords[pty].en}\n`);
    return exitRefused;
  }
  modem.start((bytes) => pty.write(bytes));
  const { isJson, lang, logs } = options;
  const print = (value: unknown): void => console.log(JSON.stringify(value));
  modem.onEvent((event) => {
    if (event.kind !== 'sent' && event.kind !== 'refused' && !logs) return;
    const at = rfc3339Of(clock.wall());
    if (isJson) print({ at, ...event });
    else console.log(`${at.slice(11, 23)} ${eventLine(event, lang)}`);
  });
  if (isJson) print({ event: 'ready', path: options.path });
  else
    console.log(
      lang === 'zh'
        ? `模块在 ${options.path}；help 查看命令，Ctrl-C 结束`
        : `the modem is at ${options.path}; help for commands, Ctrl-C to end`,
    );
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end(0));
  createInterface({ input: process.stdin }).on('line', (line) => {
    const verb = line.trim();
    if (verb === '') return;
    if (verb === 'quit') return end(0);
    if (verb === 'help') return console.log(modemHelp[lang]);
    if (verb === 'sent') return print(modem.sent);
    const isDone = obeyModemLine(modem, verb);
    if (isJson) print({ event: isDone ? 'done' : 'unknown', command: verb });
    else if (isDone) console.log(`${lang === 'zh' ? '好' : 'ok'} ${verb}`);
    else console.log(lang === 'zh' ? '不明白；help 查看命令' : 'not understood; help tells the commands');
  });
  const status = await ended;
  if (status === 0) await pty.stop();
  return status;
}

function parse(args: readonly string[]) {
  try {
    // The path may be left out.
    const at = args.indexOf('--modem');
    const next = args[at + 1];
    const whole =
      at >= 0 && (next === undefined || next.startsWith('--')) ? args.toSpliced(at + 1, 0, defaultPath) : args;
    const {
      modem,
      log,
      sim = 'ready',
      json,
      lang = 'zh',
    } = parseArgs({ args: [...whole], options: flags, strict: true }).values;
    const isSim = sim === 'ready' || sim === 'missing' || sim === 'pin' || sim === 'puk';
    if (!isSim || (lang !== 'zh' && lang !== 'en')) return null;
    return { path: modem ?? defaultPath, logs: log ?? false, sim, isJson: json ?? false, lang } as const;
  } catch {
    return null;
  }
}

function eventLine(event: ModemEvent, lang: 'zh' | 'en'): string {
  switch (event.kind) {
    case 'command':
      return `← ${event.text}`;
    case 'said':
      return `→ ${JSON.stringify(event.text)}`;
    case 'boot':
      return lang === 'zh' ? '重新启动' : 'restarts';
    case 'refused':
      return `${lang === 'zh' ? '拒绝' : 'refused'} ${event.code}`;
    case 'sent': {
      const { to, text, part, validityMin, wantsReport } = event.part.pdu;
      const of = part === null ? '' : ` ${part.number}/${part.of}`;
      const details =
        lang === 'zh'
          ? `有效期 ${validityMin} 分 回执 ${wantsReport ? '要' : '不要'}`
          : `valid ${validityMin} min, report ${wantsReport ? 'wanted' : 'not wanted'}`;
      return `✉ ${to}${of} “${text}” ${details}`;
    }
  }
}
