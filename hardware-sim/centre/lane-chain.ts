/**
 * The rows of one lane of one epoch, followed by the chain that they name: `previous` of a row is the row that this centre was told
 * before it. Written after sync/asyncapi.yaml, otherwise than the product's receiver: rows that can not be joined yet wait in order.
 */
import type { Link } from './heard.js';

/** Somewhere in `from … to` a row is missing: `to` itself at least. */
export interface OpenGap {
  readonly lane: Link['lane'];
  readonly epoch: string;
  readonly from: number;
  readonly to: number;
}

export class LaneChain {
  /** Everything told up to this sequence is here; 0: nothing. */
  head = 0;
  /** Of the row `head`. */
  position = 0;
  /** The least position heard of; 0: none. Epochs of a lane follow each other by it. */
  firstPosition = 0;
  /** Rising by sequence, all above the head. */
  #waiting: Link[] = [];

  constructor(
    readonly lane: Link['lane'],
    readonly epoch: string,
  ) {}

  get isWhole(): boolean {
    return this.#waiting.length === 0;
  }

  add(link: Link): void {
    const { position } = link;
    if (position > 0) this.firstPosition = this.firstPosition === 0 ? position : Math.min(this.firstPosition, position);
    if (link.sequence <= this.head) return;
    this.#insert(link);
    this.#join();
  }

  /** A later row says that this one was told: it has to be here. */
  expect(sequence: number): void {
    if (sequence < 1 || sequence <= this.head || this.#waiting.some((each) => each.sequence === sequence)) return;
    const { lane, epoch } = this;
    this.add({ lane, epoch, sequence, previous: sequence, position: 0 });
  }

  get gaps(): readonly OpenGap[] {
    const { lane, epoch } = this;
    let upTo = this.head;
    return this.#waiting.flatMap(({ sequence, previous }) => {
      const gap = previous > upTo ? [{ lane, epoch, from: upTo + 1, to: previous }] : [];
      upTo = sequence;
      return gap;
    });
  }

  copy(): LaneChain {
    const copy = new LaneChain(this.lane, this.epoch);
    copy.head = this.head;
    copy.position = this.position;
    copy.firstPosition = this.firstPosition;
    copy.#waiting = [...this.#waiting];
    return copy;
  }

  #insert(link: Link): void {
    let at = this.#waiting.length;
    while (at > 0 && (this.#waiting[at - 1]?.sequence ?? 0) > link.sequence) at -= 1;
    const same = this.#waiting[at - 1];
    if (same?.sequence !== link.sequence) {
      this.#waiting.splice(at, 0, link);
      return;
    }
    // Told with two predecessors, as after a change of what this centre is told: both were true, so the further one leaves less open.
    this.#waiting[at - 1] = {
      ...link,
      previous: Math.min(same.previous, link.previous),
      position: Math.max(same.position, link.position),
    };
  }

  /** A row that names one that is here joins, and with it whatever lies before it: that is not told any more. */
  #join(): void {
    for (let at = this.#lastJoinable(); at >= 0; at = this.#lastJoinable()) {
      const [last] = this.#waiting.splice(0, at + 1).slice(-1);
      if (last === undefined) return;
      this.head = last.sequence;
      this.position = last.position;
    }
  }

  #lastJoinable(): number {
    return this.#waiting.findLastIndex(({ previous }) => previous <= this.head);
  }
}
