/** `npm run sim -- --centre 5000 --log`: the simulated centre as a process, for gateways of anybody. Exit status: 0 asked to end, 2 it
 * can not start. */
import { createInterface } from 'node:readline';
import type { Words } from '../../config/vocabulary.js';
import { SystemClock } from '../../drivers/clock.js';
import { startTcpServer } from '../net/tcp-server.js';
import { rfc3339Of } from '../wall-text.js';
import { type CentreOptions, parseCentreOptions } from './centre-options.js';
import { centreHelp, type Obeyed, obeyLine } from './centre-talk.js';
import { heardLine, saidLine } from './frame-line.js';
import { GbCentre } from './gb-centre.js';

const exitRefused = 2;

export async function runCentre(args: readonly string[]): Promise<number> {
  const options = parseCentreOptions(args);
  if ('words' in options) {
    (options.help ? process.stdout : process.stderr).write(`${options.words.zh}\n${options.words.en}\n`);
    return options.help ? 0 : exitRefused;
  }
  const clock = new SystemClock();
  const { preset, address, zoneMin, knobs, host, port, isJson, lang } = options;
  const centre = new GbCentre({ ...{ clock, preset, zoneMin, knobs }, ...(address === null ? {} : { address }) });
  if (options.logs) log(centre, options, clock);
  let running: Awaited<ReturnType<typeof startTcpServer>>;
  try {
    running = await startTcpServer({ server: centre, host, port });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.stderr.write(`无法监听 ${host}:${port}：${why}\ncan not listen on ${host}:${port}: ${why}\n`);
    return exitRefused;
  }
  if (isJson) print({ event: 'ready', host: running.host, port: running.port, preset });
  else {
    const ready: Words = {
      zh: `监控中心在 ${running.host}:${running.port}，约定 ${preset}；help 查看命令，Ctrl-C 结束`,
      en: `the centre is at ${running.host}:${running.port}, preset ${preset}; help for commands, Ctrl-C to end`,
    };
    console.log(ready[lang]);
  }
  await ended(centre, options);
  await running.stop();
  return 0;
}

function log(centre: GbCentre, { isJson, lang }: CentreOptions, clock: SystemClock): void {
  const coding = centre.dialect.timeCoding;
  const at = (): string => rfc3339Of(clock.wall()).slice(11, 23);
  centre.onHeard((heard) => {
    if (!isJson) return console.log(`${at()} ${heardLine(heard, lang)}`);
    const { frame, ...rest } = heard;
    const hex = frame === null ? null : Buffer.from(frame.adu).toString('hex');
    print({
      event: 'heard',
      at: rfc3339Of(clock.wall()),
      ...rest,
      frame: frame === null ? null : { ...frame, adu: hex },
    });
  });
  centre.onSaid((said) => {
    if (isJson) {
      const frame =
        said.kind === 'frame' ? { ...said.frame, adu: Buffer.from(said.frame.adu).toString('hex') } : undefined;
      return print({ event: 'said', at: rfc3339Of(clock.wall()), ...said, frame });
    }
    const line = saidLine(said, coding, lang);
    if (line !== null) console.log(`${at()} ${line}`);
  });
}

/** A signal, or `quit`. The end of stdin is none. */
function ended(centre: GbCentre, options: CentreOptions): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    process.stdout.on('error', () => resolve());
    createInterface({ input: process.stdin }).on('line', (line) => {
      if (line.trim() === '') return;
      const obeyed = obeyLine(centre, line);
      if (obeyed.kind === 'quit') resolve();
      else answer(obeyed, line.trim(), options);
    });
  });
}

const obeyedWords: Readonly<Record<'done' | 'unknown' | 'nobody', Words>> = {
  done: { zh: '好', en: 'ok' },
  unknown: { zh: '不明白；help 查看命令', en: 'not understood; help tells the commands' },
  nobody: { zh: '没有设备连接', en: 'no device is connected' },
};

function answer(obeyed: Obeyed, line: string, { isJson, lang }: CentreOptions): void {
  if (obeyed.kind === 'quit') return;
  if (isJson) print({ event: obeyed.kind, command: line, ...(obeyed.kind === 'told' ? { value: obeyed.value } : {}) });
  else if (obeyed.kind === 'help') console.log(centreHelp[lang]);
  else if (obeyed.kind === 'told') print(obeyed.value);
  else console.log(`${obeyedWords[obeyed.kind][lang]} ${line}`);
}

function print(value: unknown): void {
  console.log(JSON.stringify(value));
}
