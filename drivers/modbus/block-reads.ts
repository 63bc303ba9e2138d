/** Blocks asked for one after the other, and taken apart where a unit refuses what was joined. */
import type { DriverError } from '../driver-error.js';
import type { Answer } from './exchange.js';
import type { Block } from './read-plan.js';

/** Exceptions that may come from the joining: function, address, number of registers, failure (Modbus Application Protocol
 * V1.1b3, 7). Busy units and gateways without a path say something else. */
const joinExceptions: readonly (string | null)[] = [1, 2, 3, 4].map((code) => `exception ${code}`);

export interface BlockRead {
  readonly block: Block;
  readonly answer: Answer;
}

export interface BlockReads {
  readonly reads: readonly BlockRead[];
  /** How it is best asked the next time. */
  readonly plan: readonly Block[];
}

export interface BlockAsker {
  ask(block: Block): Promise<Answer>;
  /** The two smaller blocks of a refused one, or null: it can not, or shall not, be read apart. */
  halves(block: Block): readonly [Block, Block] | null;
  /** Piece by piece it is refused as well: asking for pieces is no use. */
  onUseless(block: Block): void;
}

/** Reads the blocks in their order and stops at the first that is not answered: what follows is not read. Never rejects. */
export async function readBlocks(blocks: readonly Block[], asker: BlockAsker): Promise<BlockReads> {
  const reads: BlockRead[] = [];
  const plan: Block[] = [];
  for (const block of blocks) {
    if (reads.some(isUnanswered)) plan.push(block);
    else {
      const done = await readBlock(block, asker);
      reads.push(...done.reads);
      plan.push(...done.plan);
    }
  }
  return { reads, plan };
}

/** A refusal is an answer; everything else that is not a value is none. */
export function isRefusal(error: DriverError): boolean {
  return error.code === 'BUS-002';
}

/** The error of a round: a silence weighs more than a refusal. Null when every block was answered well. */
export function errorOfReads(reads: readonly BlockRead[]): DriverError | null {
  const errors = reads.flatMap(({ answer }) => (answer.ok ? [] : [answer.error]));
  return errors.find((error) => !isRefusal(error)) ?? errors[0] ?? null;
}

async function readBlock(block: Block, asker: BlockAsker): Promise<BlockReads> {
  const answer = await asker.ask(block);
  const whole = { reads: [{ block, answer }], plan: [block] };
  if (answer.ok || !isRefusal(answer.error) || !joinExceptions.includes(answer.error.got)) return whole;
  const halves = asker.halves(block);
  if (halves === null) return whole;
  const apart = await readBlocks(halves, asker);
  if (apart.reads.some(({ answer: each }) => each.ok)) return apart;
  if (!apart.reads.some(isUnanswered)) asker.onUseless(block);
  return { reads: apart.reads, plan: [block] };
}

function isUnanswered({ answer }: BlockRead): boolean {
  return !answer.ok && !isRefusal(answer.error);
}
