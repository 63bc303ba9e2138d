/** The only file that touches pino. One JSON line per message on stderr; journald adds the rest. Never secrets. */
import pino from 'pino';

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export function openLog(level: 'info' | 'warn' | 'error' | 'silent'): Log {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}
