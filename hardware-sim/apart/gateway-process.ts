/** The built gateway as a process of its own: started, killed, asked over its socket, and heard by what `run --json` prints. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Clock, pause } from '../../drivers/clock.js';
import type { Observation } from '../../gateway/observation.js';
import type { OrderKind } from '../deeds.js';

/** In the built tree it stands two floors up from here. */
export const gatewayProgram = join(import.meta.dirname, '../../gateway/cli/gengfu.js');
/** Asked to stop, it has so long before it is killed. */
const stopMaxMs = 10_000;
/** Of a machine as fast as this one. */
const answerMaxMs = 5_000;
const errorLinesMax = 20;

const heard = z.looseObject({ kind: z.string() });
const entry = z.looseObject({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/** Null: no observation that somebody could judge. */
export function observationOf(line: string): Observation | null {
  if (!line.startsWith('{')) return null;
  try {
    const value: unknown = JSON.parse(line);
    return isObservation(value) ? value : null;
  } catch {
    return null;
  }
}

function isObservation(value: unknown): value is Observation {
  const { success, data } = heard.safeParse(value);
  return success && (data.kind !== 'entry' || entry.safeParse(data['entry']).success);
}

export class GatewayProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;
  readonly errors: string[] = [];
  hasEnded = false;

  /** `command`: what starts it, up to its verb; default: the built one with this node. */
  constructor(siteFile: string, onObserved: (seen: Observation) => void, command: readonly string[] | null = null) {
    const [program = '', ...first] = command ?? [process.execPath, gatewayProgram];
    const args = [...first, 'run', '--config', siteFile, '--json'];
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    const { stdout, stderr } = this.#child;
    if (stdout === null || stderr === null) throw new Error('a child has pipes');
    createInterface({ input: stdout }).on('line', (line) => {
      const seen = observationOf(line);
      if (seen !== null) onObserved(seen);
    });
    createInterface({ input: stderr }).on('line', (line) => {
      this.errors.push(line);
      if (this.errors.length > errorLinesMax) this.errors.shift();
    });
    this.#ended = new Promise((resolve) => {
      const end = (): void => {
        this.hasEnded = true;
        resolve();
      };
      this.#child.once('exit', end);
      this.#child.once('error', end);
    });
  }

  /** As a power cut ends it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** As systemd ends it. */
  async stop(clock: Clock): Promise<void> {
    this.#child.kill('SIGTERM');
    await Promise.race([this.#ended, pause(clock, stopMaxMs)]);
    if (!this.hasEnded) await this.kill();
  }
}

const status = z.looseObject({ boot: z.string(), order: z.number() });

/** What the keys of a box do, over the control socket. Rejects when nobody answers. */
export async function orderApart(dataDir: string, kind: OrderKind, clock: Clock, slowness: number): Promise<void> {
  const maxMs = answerMaxMs * slowness;
  const { boot, order } = status.parse(await ask(dataDir, { ask: 'status' }, clock, maxMs));
  await ask(dataDir, { ask: kind, boot, order, user: 'scenario' }, clock, maxMs);
}

function ask(dataDir: string, request: unknown, clock: Clock, maxMs: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(join(dataDir, 'control.sock'));
    let text = '';
    socket.setEncoding('utf8');
    const giveUp = clock.after(maxMs, () => socket.destroy(new Error('the control socket does not answer')));
    socket.on('close', giveUp);
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('end', () => {
      try {
        resolve(JSON.parse(text));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    socket.write(`${JSON.stringify(request)}\n`);
  });
}
