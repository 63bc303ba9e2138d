/** What a trial has seen up to now: what moved in which phase, how long the unit takes, what it refused. Pure but for what it remembers. */
import type { LineConfig } from '../../config/site.js';
import type { Severity } from '../../config/vocabulary.js';
import { charMs, replyBytes, requestBytes } from '../../drivers/modbus/line-timing.js';
import type { Block } from '../../drivers/modbus/read-plan.js';
import type { TrialRound, TrialRow } from './trial-reader.js';

/** `quiet` nobody touches the device, `pressed` somebody has pressed, shorted or opened it, `released` he has let go. */
export type TrialPhase = 'quiet' | 'pressed' | 'released';

/** Moves that are remembered; the oldest are forgotten first. */
const movesMax = 200;

/** A value that became another one. */
export interface TrialMove {
  readonly row: TrialRow;
  readonly from: TrialRow;
  readonly phase: TrialPhase;
  readonly atMono: number;
}

/** A point as it stands, with what is to be marked about it. */
export interface TrialStand extends TrialRow {
  readonly severity: Severity | null;
  readonly movedSinceStart: boolean;
  readonly movedSincePress: boolean;
}

export interface RefusedBlock {
  readonly block: Block;
  readonly got: string | null;
}

export class TrialBook {
  phase: TrialPhase = 'quiet';
  readonly moves: TrialMove[] = [];
  rounds = 0;
  /** In which the unit answered something. */
  answered = 0;
  /** First byte of the slowest answer, ms; null: not measured. */
  slowestMs: number | null = null;
  readonly #first = new Map<string, TrialRow>();
  readonly #last = new Map<string, TrialRow>();
  readonly #movedIn = new Map<string, Set<TrialPhase>>();
  readonly #refused = new Map<string, RefusedBlock>();
  readonly #silent = new Map<string, RefusedBlock>();

  /** `line`: to take the time on the wire off; null where answers come from somebody who asks for us. */
  constructor(private readonly line: LineConfig | null) {}

  take(round: TrialRound, atMono: number): void {
    this.rounds++;
    if (round.isThere) this.answered++;
    for (const row of round.rows) this.#see(row, atMono);
    for (const { block, answer } of round.refused) {
      if (!answer.ok) this.#refused.set(keyOf(block), { block, got: answer.error.got });
    }
    for (const { block, answer } of round.reads) {
      const key = keyOf(block);
      if (answer.ok) {
        this.#silent.delete(key);
        this.#time(block, answer.receivedMono - answer.sampledMono);
      } else if (round.isThere && answer.error.code !== 'BUS-002')
        this.#silent.set(key, { block, got: answer.error.got });
    }
  }

  get stands(): readonly TrialStand[] {
    return [...this.#last.values()].map((row) => {
      const moved = this.#movedIn.get(row.point.key) ?? new Set();
      return {
        ...row,
        severity: severityOf(row),
        movedSinceStart: moved.size > 0,
        movedSincePress: moved.has('pressed') || moved.has('released'),
      };
    });
  }

  /** Moved by nobody. */
  isRestless(key: string): boolean {
    return this.#movedIn.get(key)?.has('quiet') === true;
  }

  /** As it was seen first. */
  firstOf(key: string): TrialRow | null {
    return this.#first.get(key) ?? null;
  }

  get refused(): readonly RefusedBlock[] {
    return [...this.#refused.values()];
  }

  /** Not answered while the unit answered for others. */
  get silent(): readonly RefusedBlock[] {
    return [...this.#silent.values()];
  }

  #see(row: TrialRow, atMono: number): void {
    const { key } = row.point;
    if (!this.#first.has(key)) this.#first.set(key, row);
    const from = this.#last.get(key);
    this.#last.set(key, row);
    // A look that failed is no move.
    if (from === undefined || from.words === null || row.words === null || isSame(from.words, row.words)) return;
    this.#movedIn.set(key, (this.#movedIn.get(key) ?? new Set()).add(this.phase));
    this.moves.push({ row, from, phase: this.phase, atMono });
    this.moves.splice(0, Math.max(0, this.moves.length - movesMax));
  }

  #time({ table, count }: Block, tookMs: number): void {
    if (this.line === null) return;
    const format = this.line.transport === 'serial' ? this.line.format : null;
    const wireMs = charMs(format) * (requestBytes + replyBytes(table, count));
    this.slowestMs = Math.max(this.slowestMs ?? 0, tookMs - wireMs);
  }
}

function keyOf({ table, address, count }: Block): string {
  return `${table} ${address}+${count}`;
}

/** How the present state counts; null for a number, or without a value. */
export function severityOf({ point, value }: TrialRow): Severity | null {
  return typeof value === 'string' ? (point.severities[value] ?? null) : null;
}

function isSame(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((word, i) => word === other[i]);
}
