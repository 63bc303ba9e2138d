/**
 * The only file that touches pino. Log lines and told lines leave without the watch ever waiting for their reader: writes to
 * a pipe or a socket are synchronous in Node, and a terminal that is stopped or a log daemon that hangs would stop the siren.
 */
import pino from 'pino';
import type { Clock } from '../drivers/clock.js';

/** What waits for a reader that does not read; beyond it lines are dropped. */
const waitingMaxBytes = 1024 * 1024;
const endMaxMs = 500;

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** A stream of lines that is written beside the event loop. */
export interface Lines {
  write(line: string): void;
  /** True when all of it was written within 0.5 s; false when nobody reads. */
  end(clock: Clock): Promise<boolean>;
}

export interface OwnLog extends Log {
  end(clock: Clock): Promise<boolean>;
}

/** JSON lines on standard error; journald adds the rest. Never secrets. */
export function openLog(level: 'info' | 'warn' | 'error' | 'silent'): OwnLog {
  const stream = openStream(2);
  return Object.assign(pino({ level, base: null }, stream), { end: (clock: Clock) => endStream(stream, clock) });
}

/** Lines on standard output. */
export function openLines(): Lines {
  const stream = openStream(1);
  return { write: (line) => void stream.write(`${line}\n`), end: (clock) => endStream(stream, clock) };
}

type Stream = ReturnType<typeof pino.destination>;

function openStream(fd: 1 | 2): Stream {
  const stream = pino.destination({ dest: fd, sync: false, maxLength: waitingMaxBytes });
  // Nobody reads any more (EPIPE): the watch goes on without words.
  stream.on('error', () => undefined);
  return stream;
}

function endStream(stream: Stream, clock: Clock): Promise<boolean> {
  return new Promise((resolve) => {
    clock.after(endMaxMs, () => resolve(false));
    stream.once('close', () => resolve(true));
    stream.end();
  });
}
