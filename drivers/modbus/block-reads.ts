/** Blocks asked for one after the other, taken apart where a unit refuses what was joined, passed over where it is mute. */
import type { DriverError } from '../driver-error.js';
import type { Answer } from './exchange.js';
import type { Block } from './read-plan.js';

/** Exceptions that may come from the joining: function, address, number of registers, failure (Modbus Application Protocol
 * V1.1b3, 7). Busy units and gateways without a path say something else. */
const joinExceptions: readonly (string | null)[] = [1, 2, 3, 4].map((code) => `exception ${code}`);
/** A block that was left unanswered so often in a row is mute, and no accident. */
const muteAfterMisses = 3;
/** A mute block of a unit that answers otherwise is passed over in fewer rounds than this before it costs a time-out again. */
const passedOverMax = 32;

export interface BlockRead {
  readonly block: Block;
  readonly answer: Answer;
}

/** A block as it is asked for the next time, with what is remembered of it. */
export interface PlannedBlock extends Block {
  readonly missed?: Missed;
}

/** It was not answered the last times. */
interface Missed {
  readonly times: number;
  /** In so many rounds to come it is not asked for, if the unit answers otherwise. */
  readonly passOver: number;
  readonly answer: Answer;
}

export interface BlockReads {
  readonly reads: readonly BlockRead[];
  /** How it is best asked the next time: what answers first, what was not reached before what was. */
  readonly plan: readonly PlannedBlock[];
}

export interface BlockAsker {
  ask(block: Block): Promise<Answer>;
  /** The two smaller blocks of a refused one, or null: it can not, or shall not, be read apart. */
  halves(block: Block): readonly [Block, Block] | null;
  /** Piece by piece it is refused as well: asking for pieces is no use. */
  onUseless(block: Block): void;
}

/** What is known in the midst of a round. */
interface Round {
  readonly asker: BlockAsker;
  /** The unit answered something in it, be it with a refusal. */
  isThere: boolean;
  /** Of its newest answer; differs from unit to unit. */
  frame: number;
}

/**
 * Reads the blocks in their order. A unit that has not answered yet costs one time-out: the round ends, and the next begins
 * behind that block, so that no block stands before the others for ever. In a round that was answered each block is asked
 * for, whatever becomes of the others; only what stays mute is passed over ever longer, and counts as unanswered. Never
 * rejects.
 */
export function readBlocks(blocks: readonly PlannedBlock[], asker: BlockAsker): Promise<BlockReads> {
  return readAll(blocks, { asker, isThere: false, frame: 0 });
}

/** A refusal is an answer; everything else that is not a value is none. */
export function isRefusal(error: DriverError): boolean {
  return error.code === 'BUS-002';
}

/** The error of a round: a silence weighs more than a refusal. Null when every block was answered well. */
export function errorOfReads(reads: readonly BlockRead[]): DriverError | null {
  let refusal: DriverError | null = null;
  for (const { answer } of reads) {
    if (answer.ok) continue;
    if (!isRefusal(answer.error)) return answer.error;
    refusal ??= answer.error;
  }
  return refusal;
}

function readAll(blocks: readonly PlannedBlock[], round: Round): Promise<BlockReads> {
  const only = blocks[0];
  if (only === undefined || blocks.length > 1) return readMany(blocks, round);
  const over = passedOver(only, round);
  return over === null ? readOne(only, round) : Promise.resolve(over);
}

async function readMany(blocks: readonly PlannedBlock[], round: Round): Promise<BlockReads> {
  const reads: BlockRead[] = [];
  const unasked: PlannedBlock[] = [];
  const asked: PlannedBlock[] = [];
  for (const block of blocks) {
    if (!round.isThere && reads.length > 0) unasked.push(block);
    else {
      const done = passedOver(block, round) ?? (await readOne(block, round));
      reads.push(...done.reads);
      asked.push(...done.plan);
    }
  }
  return { reads, plan: [...unasked, ...asked].sort((a, b) => muteness(a) - muteness(b)) };
}

/** A mute block whose turn has not come; null when it is to be asked for. */
function passedOver(planned: PlannedBlock, { isThere }: Round): BlockReads | null {
  const { missed } = planned;
  if (missed === undefined || missed.passOver === 0 || !isThere) return null;
  return {
    reads: [{ block: planned, answer: missed.answer }],
    plan: [{ ...planned, missed: { ...missed, passOver: missed.passOver - 1 } }],
  };
}

async function readOne(planned: PlannedBlock, round: Round): Promise<BlockReads> {
  const { missed } = planned;
  // The same object while all is well: who asks may know it again.
  const block = missed === undefined ? planned : bareOf(planned);
  const answer = await round.asker.ask(block);
  const whole = { reads: [{ block, answer }], plan: [block] };
  if (!isAnswered(answer)) return { reads: whole.reads, plan: [missedAgain(block, missed, answer, round)] };
  round.isThere = true;
  if (answer.ok) round.frame = answer.frame;
  if (answer.ok || !joinExceptions.includes(answer.error.got)) return whole;
  const halves = round.asker.halves(block);
  if (halves === null) return whole;
  const apart = await readAll(halves, round);
  if (apart.reads.some(({ answer: each }) => each.ok)) return apart;
  const mute = apart.reads.find(({ answer: each }) => !isAnswered(each));
  if (mute === undefined) round.asker.onUseless(block);
  const plan = mute === undefined ? block : missedAgain(block, missed, mute.answer, round);
  return { reads: apart.reads, plan: [plan] };
}

function bareOf({ missed: _, ...block }: PlannedBlock): Block {
  return block;
}

function missedAgain(block: Block, missed: Missed | undefined, answer: Answer, round: Round): PlannedBlock {
  const times = (missed?.times ?? 0) + 1;
  return { ...block, missed: { times, passOver: passOverAfter(times, round), answer } };
}

/** Ever longer, and not in step with other units of the same kind. Of a unit that says nothing no block is worse than another. */
function passOverAfter(times: number, { isThere, frame }: Round): number {
  if (!isThere || times < muteAfterMisses) return 0;
  const most = Math.min(passedOverMax, 2 ** (times - muteAfterMisses + 1));
  return most / 2 + (frame % (most / 2));
}

function muteness({ missed }: PlannedBlock): number {
  return Math.min(missed?.times ?? 0, muteAfterMisses);
}

function isAnswered(answer: Answer): boolean {
  return answer.ok || isRefusal(answer.error);
}
