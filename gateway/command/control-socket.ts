/**
 * The door for the orders of `gengfu` on the box: a Unix socket in the data folder that only its owner can
 * open. One JSON line in, one JSON line out. It knocks at the same desk as every key (design.md §6).
 */
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { z } from 'zod';
import type { Words } from '../../config/vocabulary.js';
import type { Clock } from '../../drivers/clock.js';
import type { Service } from '../alarm/facets.js';
import type { DoctorFacts } from '../doctor/doctor-facts.js';
import type { CommissioningView } from '../panel/api/commissioning.js';
import type { PanelAnswer } from '../panel/api/orders.js';
import type { PathStatus } from '../path-times.js';
import type { StagingReply } from '../staging/config-request.js';
import { configRequests } from '../staging/config-request.js';
import type { Way } from '../way-book.js';
import { type WireAnswer, wireRequests } from '../wire/wire-request.js';
import type { CommandAnswer } from './command.js';
import { commissioningRequests } from './commissioning-request.js';
import type { CheckReport } from './district/duty-checks.js';
import type { OpenRequest } from './district/open-requests.js';
import { exerciseRequests, type OrderAnswer, type OrdersStatus, userName } from './exercise-order.js';

const lineMaxBytes = 4096;
/** Whoever connects and says nothing is let go. */
const idleMaxMs = 10_000;
const connectionsMax = 8;

export const controlRequest = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('status') }),
  z.strictObject({ ask: z.literal('doctor') }),
  z.strictObject({ ask: z.literal('duty-answer'), user: userName }),
  z.strictObject({
    ask: z.enum(['acknowledge', 'silence', 'reset']),
    /** The newest raising that the person saw: `boot` and `order` of a status. */
    boot: z.string().max(64),
    order: z.int().min(0),
    user: userName,
  }),
  z.strictObject({
    ask: z.enum(['shelved', 'out-of-service', 'in-service']),
    /** Keys of subjects, or ids of points or devices. */
    subjects: z.array(z.string().min(1).max(200)).min(1).max(64),
    forMs: z.number().min(0).max(1e10),
    user: userName,
  }),
  ...exerciseRequests,
  ...configRequests,
  ...commissioningRequests,
  ...wireRequests,
]);
export type ControlRequest = z.infer<typeof controlRequest>;

export interface ControlStatus extends OrdersStatus {
  /** In the order of the site file. */
  readonly paths: readonly PathStatus[];
  /** How duty checks went, in this shift and in the last day. */
  readonly checks: CheckReport;
  /** What the district has asked for and nobody has answered. */
  readonly requests: readonly OpenRequest[];
  readonly boot: string;
  readonly order: number;
  /** Fire first, then by class; within a class the first alarm first. */
  readonly alarms: readonly {
    readonly class: string;
    readonly subject: string;
    readonly zh: string;
    readonly en: string;
    readonly active: boolean;
    readonly acknowledged: boolean;
    /** Its detector can not be seen now: nobody knows how it is there. */
    readonly isLost: boolean;
    readonly sounder: string;
    /** When it was first raised: wall time, ms since 1970. */
    readonly sinceWall: number;
    /** Class, where and what, in one sentence; null for an alarm that stood before this start, as are the next two. */
    readonly words: Words | null;
    /** Which way its report went. */
    readonly told: Way;
    /** What is likely behind a fault, and what to do; null where nobody knows. */
    readonly cause: Words | null;
    readonly next: Words | null;
  }[];
  /** What is out of the watch for a while. */
  readonly services: readonly {
    readonly subject: string;
    readonly zh: string;
    readonly en: string;
    readonly is: Service['is'];
    readonly by: string;
    /** Wall time, ms since 1970. */
    readonly untilWall: number;
  }[];
}

export type ControlReply =
  | ControlStatus
  | DoctorFacts
  | CommandAnswer
  | OrderAnswer
  | DutyAnswer
  | StagingReply
  | PanelAnswer
  | { readonly serial: number; readonly view: CommissioningView | null }
  | WireAnswer
  | { readonly error: string };

/** How many duty checks (查岗) were open and are answered by it. */
export interface DutyAnswer {
  readonly answered: number;
}

/** Where the socket of a data folder is. */
export function controlPath(dataDir: string): string {
  return `${dataDir}/control.sock`;
}

export class ControlSocket {
  #server: Server | null = null;

  constructor(
    private readonly path: string,
    private readonly clock: Clock,
    private readonly answer: (request: ControlRequest) => ControlReply | Promise<ControlReply>,
  ) {}

  /** Rejects when the socket can not be made; the watch goes on without it. */
  async open(): Promise<void> {
    // Left by a process that was killed; a living one holds the lock on this folder.
    await rm(this.path, { force: true });
    const server = createServer((socket) => this.#serve(socket));
    server.maxConnections = connectionsMax;
    await new Promise<void>((resolve, reject) => {
      // Later ones (no more files to open, say) end one connection, not the watch.
      server.on('error', reject);
      server.listen(this.path, resolve);
    });
    this.#server = server;
    await chmod(this.path, 0o600);
  }

  close(): void {
    this.#server?.close();
  }

  #serve(socket: Socket): void {
    let text = '';
    socket.setEncoding('utf8');
    const giveUp = this.clock.after(idleMaxMs, () => socket.destroy());
    socket.on('close', giveUp);
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk: string) => {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) {
        // One line, one answer: whatever follows is not read.
        socket.removeAllListeners('data').resume();
        giveUp();
        void this.#reply(text.slice(0, end)).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
      }
      if (end < 0 && text.length > lineMaxBytes) socket.destroy();
    });
  }

  async #reply(line: string): Promise<ControlReply> {
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return { error: 'not JSON' };
    }
    const parsed = controlRequest.safeParse(value);
    return parsed.success ? this.answer(parsed.data) : { error: 'not a request' };
  }
}
