/** One round over everything that a profile reads of one unit: raw words and what they mean, side by side. */
import type { PointId } from '../../config/ids.js';
import type { BadReason } from '../../config/reading.js';
import type { TrialPoint, TrialUnit } from '../../config/trial-unit.js';
import { type BlockRead, isRefusal, type PlannedBlock, readBlocks } from '../../drivers/modbus/block-reads.js';
import type { Answer } from '../../drivers/modbus/exchange.js';
import { widthOf } from '../../drivers/modbus/raw-value.js';
import { type Block, isInside, planReads, splitBlock } from '../../drivers/modbus/read-plan.js';
import { type Decoded, decode } from '../../drivers/modbus/registers.js';

/** What another point depends on may stand behind it, and what that depends on behind that. */
const decodePassesMax = 4;

/** Asks the unit for one block. Never rejects. */
export type AskBlock = (block: Block) => Promise<Answer>;

/** One point as it was seen in one round. */
export interface TrialRow {
  readonly point: TrialPoint;
  /** Null: it was not answered. Bits are 0 and 1. */
  readonly words: readonly number[] | null;
  readonly value: number | string | null;
  /** Why there is no value; null: there is one. */
  readonly reason: BadReason | null;
  /** The number before states and scale; null: there is none. */
  readonly raw: number | null;
}

export interface TrialRound {
  readonly rows: readonly TrialRow[];
  readonly reads: readonly BlockRead[];
  /** Also those that were then asked for apart. */
  readonly refused: readonly BlockRead[];
  /** It answered something, be it with a refusal. */
  readonly isThere: boolean;
}

export class TrialReader {
  readonly #sources: readonly TrialPoint['source'][];
  #plan: readonly PlannedBlock[];

  constructor(
    private readonly trial: TrialUnit,
    private readonly ask: AskBlock,
  ) {
    this.#sources = trial.points.map(({ source }) => source);
    this.#plan = planReads(this.#sources, trial.unit.limits);
  }

  /** Never rejects. What is refused in one request is asked for apart from then on. */
  async round(): Promise<TrialRound> {
    const { limits } = this.trial.unit;
    const refused: BlockRead[] = [];
    const { reads, plan } = await readBlocks(this.#plan, {
      ask: async (block) => {
        const answer = await this.ask(block);
        if (!answer.ok && isRefusal(answer.error)) refused.push({ block, answer });
        return answer;
      },
      halves: (block) => splitBlock(block, this.#sources, limits),
      onUseless: () => undefined,
    });
    this.#plan = plan;
    const isThere = reads.some(({ answer }) => answer.ok || isRefusal(answer.error));
    return { rows: rowsOf(this.trial.points, reads), reads, refused, isThere };
  }
}

function rowsOf(points: readonly TrialPoint[], reads: readonly BlockRead[]): readonly TrialRow[] {
  const words = new Map(points.map((point) => [point.id, wordsOf(point, reads)] as const));
  const seen = new Map<PointId, Decoded>();
  for (let pass = 0; pass < decodePassesMax; pass++) {
    for (const { id, source } of points) {
      const own = words.get(id) ?? null;
      if (own !== null) seen.set(id, decode(source, own, seen));
    }
  }
  return points.map((point) => {
    const decoded = seen.get(point.id);
    const own = words.get(point.id) ?? null;
    if (decoded !== undefined)
      return { point, words: own, value: decoded.value, reason: decoded.reason, raw: decoded.raw };
    return { point, words: own, value: null, reason: missingReason(point, reads), raw: null };
  });
}

function wordsOf({ source }: TrialPoint, reads: readonly BlockRead[]): readonly number[] | null {
  const read = reads.find(({ block, answer }) => answer.ok && isInside(source, block));
  if (read?.answer.ok !== true) return null;
  const offset = source.address - read.block.address;
  const words = read.answer.values.slice(offset, offset + widthOf(source.type));
  return words.length === widthOf(source.type) ? words : null;
}

function missingReason({ source }: TrialPoint, reads: readonly BlockRead[]): BadReason {
  const read = reads.find(({ block }) => isInside(source, block));
  if (read === undefined || read.answer.ok) return read === undefined ? 'silent' : 'exception';
  return isRefusal(read.answer.error) ? 'exception' : 'silent';
}
