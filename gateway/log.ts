/**
 * The only file that touches pino. Log lines and told lines leave without the watch ever waiting for their reader: writes to
 * a pipe or a socket are synchronous in Node, and a terminal that is stopped or a log daemon that hangs would stop the siren.
 */
import pino from 'pino';

/** What waits for a reader that does not read; beyond it lines are dropped. */
const waitingMaxBytes = 1024 * 1024;
const endMaxMs = 500;

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Lines to standard output, written beside the event loop. */
export interface Lines {
  write(line: string): void;
  /** Resolves when all of it was written, or after 0.5 s. */
  end(after: (delayMs: number, run: () => void) => unknown): Promise<void>;
}

/** JSON lines on standard error; journald adds the rest. Never secrets. */
export function openLog(level: 'info' | 'warn' | 'error' | 'silent'): Log {
  return pino({ level, base: null }, openStream(2));
}

export function openLines(): Lines {
  const stream = openStream(1);
  return {
    write: (line) => void stream.write(`${line}\n`),
    end: (after) =>
      new Promise((resolve) => {
        after(endMaxMs, () => resolve());
        stream.once('close', () => resolve());
        stream.end();
      }),
  };
}

function openStream(fd: 1 | 2): ReturnType<typeof pino.destination> {
  const stream = pino.destination({ dest: fd, sync: false, maxLength: waitingMaxBytes });
  // Nobody reads any more (EPIPE): the watch goes on without words.
  stream.on('error', () => undefined);
  return stream;
}
