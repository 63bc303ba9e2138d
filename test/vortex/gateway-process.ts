/** The built gateway as systemd would start it, seen through the lines that it prints. */
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from '../../gateway/observation.js';
import { unitFileStart } from '../bench/memory.js';
import { Child } from '../process/child.js';

/** TimeoutStopSec of the unit file; then it is killed. */
export const stopMaxMs = 10_000;
const errorsKept = 10;

export interface GatewayEnd {
  /** Null: by a signal. */
  readonly code: number | null;
  /** What it said last on its standard error. */
  readonly said: readonly string[];
}

export class GatewayProcess {
  /** Resolves when it is gone and all that it printed was told. */
  readonly ended: Promise<GatewayEnd>;
  readonly #child: Child;

  constructor(siteFile: string, onSeen: (seen: Observation) => void) {
    const { flags, env } = unitFileStart();
    const args = [...flags, resolve('dist/gateway/cli/gengfu.js'), 'run', '--config', siteFile, '--json'];
    this.#child = new Child('gengfu', process.execPath, args, {
      env: { ...process.env, ...env },
      onLine: (line) => {
        const seen = readSeen(line);
        if (seen !== null) onSeen(seen);
      },
    });
    this.ended = this.#child.exited.then((code) => ({ code, said: this.#child.errors.slice(-errorsKept) }));
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** False when it did not end by itself in time. */
  async stop(): Promise<boolean> {
    this.#child.kill('SIGTERM');
    const isInTime = await Promise.race([this.ended.then(() => true), sleep(stopMaxMs, false, { ref: false })]);
    if (!isInTime) this.kill();
    return isInTime;
  }
}

/** Null: no observation, or half a line of a process that was killed. Pure. */
export function readSeen(line: string): Observation | null {
  if (!line.startsWith('{') || !line.endsWith('}')) return null;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as Observation) : null;
  } catch {
    return null;
  }
}
