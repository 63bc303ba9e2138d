/**
 * What a program and the service manager that started it say to each other (sd_notify(3)): datagrams on the socket named in
 * NOTIFY_SOCKET. Through the C library, and where koffi can not be loaded through the program systemd-notify.
 */
import { spawn } from 'node:child_process';
import { loadLibc } from './libc.js';

export interface ServiceManager {
  /** How long it waits for WATCHDOG=1 before it ends the program, ms; null: it does not. */
  readonly watchdogMs: number | null;
  /** Tells lines such as `READY=1`. Never waits, never throws: it may have gone away, and the watch goes on. */
  tell(lines: readonly string[]): void;
}

type Environment = Record<string, string | undefined>;

/** The variables that only the program itself may follow: its children must not speak in its name. */
const ownVariables = ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID'] as const;

/** Null when nobody asked to be told. Takes the variables out of `env`. */
export async function openServiceManager(env: Environment, pid: number): Promise<ServiceManager | null> {
  const [path, watchdogUs, watchdogPid] = ownVariables.map((name) => env[name]);
  for (const name of ownVariables) delete env[name];
  if (path === undefined || !/^[/@]./.test(path)) return null;
  const isOurs = watchdogPid === undefined || Number(watchdogPid) === pid;
  const us = Number(watchdogUs);
  const watchdogMs = isOurs && Number.isFinite(us) && us > 0 ? us / 1000 : null;
  const libc = await loadLibc().catch(() => null);
  if (libc === null) return { watchdogMs, tell: (lines) => tellByProgram(path, lines) };
  return { watchdogMs, tell: (lines) => void libc.sendUnix(path, Buffer.from(`${lines.join('\n')}\n`)) };
}

/** The unit has to say NotifyAccess=all for that: it is a child that speaks. */
function tellByProgram(path: string, lines: readonly string[]): void {
  const child = spawn('systemd-notify', [...lines], {
    stdio: 'ignore',
    env: { PATH: '/usr/bin:/bin', NOTIFY_SOCKET: path },
  });
  child.on('error', () => undefined);
  child.unref();
}
