/** Whether a centre that is to send receipts does: told when it has not moved on for too long, and when it does again. */
export class ReceiptWatch {
  /** Since when something is carried and not kept, without any receipt in between. */
  #sinceMono: number | null = null;
  /** Null: not known yet since the start; until then a saved fault stands. */
  #isOverdue: boolean | null = null;

  constructor(
    private readonly withinMs: number,
    private readonly tell: (isOverdue: boolean) => void,
  ) {}

  /** Asked from time to time. */
  look(unkept: number, nowMono: number): void {
    if (unkept === 0) {
      this.#sinceMono = null;
      this.#set(false);
      return;
    }
    this.#sinceMono ??= nowMono;
    if (nowMono - this.#sinceMono >= this.withinMs) this.#set(true);
  }

  /** A receipt was taken. */
  kept(): void {
    this.#sinceMono = null;
    this.#set(false);
  }

  retell(): void {
    if (this.#isOverdue !== null) this.tell(this.#isOverdue);
  }

  #set(isOverdue: boolean): void {
    if (this.#isOverdue === isOverdue) return;
    this.#isOverdue = isOverdue;
    this.tell(isOverdue);
  }
}
