/**
 * A raw look at a unit of which nothing is known: the registers in which cheap sensors keep what they say, function 03 and 04, and which of
 * them move when somebody presses. It only reads.
 */
import { type Clock, pause } from '../../drivers/clock.js';
import { isRefusal, type PlannedBlock, readBlocks } from '../../drivers/modbus/block-reads.js';
import type { Block } from '../../drivers/modbus/read-plan.js';
import type { TrialPhase } from './trial-book.js';
import type { AskBlock } from './trial-reader.js';
import { addressText } from './trial-words.js';

/** Where unlabelled sensors keep their values and settings (first and last address). */
export const lookAreas: readonly { readonly from: number; readonly to: number }[] = [
  { from: 0x0000, to: 0x0020 },
  { from: 0x0100, to: 0x0110 },
];
/** Registers in one request at first; what is refused is asked for in halves, down to one. */
const askedMax = 16;
/** Values that are remembered of a register and phase. */
const valuesMax = 16;
const roundPauseMs = 300;

export type LookTable = 'holding' | 'input';

export interface LookRow {
  readonly table: LookTable;
  readonly address: number;
  /** The newest one. */
  readonly value: number;
  readonly quiet: readonly number[];
  readonly pressed: readonly number[];
  /** Showed something while it was pressed that it never showed while nobody touched it. */
  readonly isMoved: boolean;
  /** Moves by itself. */
  readonly isRestless: boolean;
}

interface Cell {
  readonly table: LookTable;
  readonly address: number;
  value: number;
  readonly seen: Record<TrialPhase, Set<number>>;
}

export class Look {
  phase: TrialPhase = 'quiet';
  rounds = 0;
  /** Rounds in which the unit answered something. */
  answered = 0;
  readonly #cells = new Map<string, Cell>();
  #plans: readonly PlannedBlock[] = (['holding', 'input'] as const).flatMap((table) =>
    lookAreas.flatMap(({ from, to }) => blocksOf(table, from, to)),
  );

  constructor(private readonly ask: AskBlock) {}

  /** One round. Never rejects. What was refused to its last register is not asked for again. */
  async round(): Promise<void> {
    const useless = new Set<string>();
    const { reads, plan } = await readBlocks(this.#plans, {
      ask: this.ask,
      halves,
      onUseless: ({ table, address, count }) => useless.add(`${keyOf(table, address)}+${count}`),
    });
    this.rounds++;
    for (const { block, answer } of reads) {
      if (answer.ok) this.#take(block, answer.values);
      else if (isRefusal(answer.error) && block.count === 1) useless.add(`${keyOf(block.table, block.address)}+1`);
    }
    if (reads.some(({ answer }) => answer.ok || isRefusal(answer.error))) this.answered++;
    this.#plans = plan.filter(({ table, address, count }) => !useless.has(`${keyOf(table, address)}+${count}`));
  }

  get rows(): readonly LookRow[] {
    return [...this.#cells.values()]
      .map(({ table, address, value, seen }) => {
        const quiet = [...seen.quiet];
        const pressed = [...seen.pressed];
        return {
          ...{ table, address, value, quiet, pressed },
          isMoved: pressed.some((each) => !seen.quiet.has(each)),
          isRestless: quiet.length > 1,
        };
      })
      .sort((a, b) => a.table.localeCompare(b.table) || a.address - b.address);
  }

  #take({ table, address }: Block, values: readonly number[]): void {
    if (table !== 'holding' && table !== 'input') return;
    values.forEach((value, i) => {
      const key = keyOf(table, address + i);
      const cell = this.#cells.get(key) ?? {
        ...{ table, address: address + i, value },
        seen: { quiet: new Set(), pressed: new Set(), released: new Set() },
      };
      cell.value = value;
      const seen = cell.seen[this.phase];
      if (seen.size < valuesMax) seen.add(value);
      this.#cells.set(key, cell);
    });
  }
}

/** Reads until `forMs` are over or `isOver` says so. Never rejects. */
export async function lookFor(look: Look, clock: Clock, forMs: number, isOver: () => boolean): Promise<void> {
  // The first round finds out what can be read at all: a unit that refuses much takes seconds for it.
  if (look.rounds === 0) await look.round();
  const untilMono = clock.mono() + forMs;
  for (;;) {
    await look.round();
    if (isOver() || clock.mono() >= untilMono) return;
    await pause(clock, roundPauseMs);
  }
}

/** The registers that moved (none moved: all that answered), as rows for `gengfu profile new --from`. */
export function lookAsTable(rows: readonly LookRow[]): string {
  const moved = rows.filter(({ isMoved, isRestless }) => isMoved && !isRestless);
  const chosen = moved.length > 0 ? moved : rows;
  const lines = chosen.map(({ table, address, quiet, pressed }) => {
    const text = addressText(address);
    const other = pressed.find((value) => !quiet.includes(value));
    const [rest] = quiet;
    const isState = other !== undefined && rest !== undefined && quiet.length === 1;
    const states = isState ? `${rest}=正常/normal; ${other}=报警/alarm` : '';
    const key = `r_${table === 'input' ? 'i' : 'h'}${address.toString(16).padStart(4, '0')}`;
    return [`寄存器 ${text}`, `register ${text}`, key, '', table, text, 'u16', '', '', states].join(',');
  });
  return `${['name_zh,name_en,key,role,table,address,type,scale,unit,states', ...lines].join('\n')}\n`;
}

function blocksOf(table: LookTable, from: number, to: number): readonly Block[] {
  const blocks: Block[] = [];
  for (let address = from; address <= to; address += askedMax) {
    blocks.push({ table, address, count: Math.min(askedMax, to - address + 1) });
  }
  return blocks;
}

function halves({ table, address, count }: Block): readonly [Block, Block] | null {
  if (count < 2) return null;
  const half = count >> 1;
  return [
    { table, address, count: half },
    { table, address: address + half, count: count - half },
  ];
}

function keyOf(table: string, address: number): string {
  return `${table} ${address}`;
}
