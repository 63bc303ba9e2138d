/** A commissioning of the simulated town, with the real runtime on the virtual clock and a folder of its own. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { commissioningOf, type RunningCommissioning } from '../../../gateway/commissioning/commissioning-of-gateway.js';
import type {
  CommissioningAsk,
  CommissioningItem,
  CommissioningView,
} from '../../../gateway/panel/api/commissioning.js';
import type { PanelAnswer } from '../../../gateway/panel/api/orders.js';
import { type RigOptions, VillageRig } from '../village-rig.js';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export class CommissioningRig {
  book: RunningCommissioning;

  private constructor(
    readonly rig: VillageRig,
    readonly dataDir: string,
  ) {
    this.book = this.#open();
  }

  static async make(options: RigOptions = {}): Promise<CommissioningRig> {
    const dataDir = mkdtempSync(join(tmpdir(), 'gengfu-commissioning-'));
    // A late write may still be under way.
    onTestFinished(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
    const town = new CommissioningRig(await VillageRig.make(options), dataDir);
    const { rig } = town;
    rig.onObserved = (seen) => town.book.see(seen);
    await rig.start();
    await rig.clock.until(() => rig.observations.some(({ kind }) => kind === 'site.scanned'), 10_000, 10);
    await town.book.start();
    return town;
  }

  get folder(): string {
    return join(this.dataDir, 'commissioning');
  }

  /** The book of the next process, on the same disk. */
  async restart(): Promise<void> {
    await this.book.stop();
    this.book = this.#open();
    await this.book.start();
  }

  give(ask: CommissioningAsk, level: 1 | 2 | 3 = 3, origin = 'panel:li'): PanelAnswer {
    return this.book.take(ask, origin, level);
  }

  get view(): CommissioningView {
    const { view } = this.book.view(null);
    if (view === null) throw new Error('a view is asked for');
    return view;
  }

  item(id: string): CommissioningItem {
    const item = this.view.items.find((each) => each.id === id);
    if (item === undefined) throw new Error(`no item ${id}: ${this.view.items.map((each) => each.id).join(' ')}`);
    return item;
  }

  begin(): PanelAnswer {
    return this.give({ ask: 'commissioning-begin', tester: '李工', organisation: '云溪消防工程' });
  }

  /** Nobody tries out the rest. */
  excuseRest(reason = '当天没有条件'): void {
    this.give({ ask: 'commissioning-excuse', reason });
  }

  freeze(): PanelAnswer {
    return this.give({ ask: 'commissioning-freeze', warrantyMonths: 24, warrantyUntil: null, note: null });
  }

  /** What was handed to the disk is there. */
  async written(): Promise<void> {
    await this.book.stop();
  }

  #open(): RunningCommissioning {
    const { rig, dataDir } = this;
    return commissioningOf({
      ...{ clock: rig.clock, log: quiet, version: '1.2.3', timeZone: 'Asia/Shanghai', dataDir },
      now: () => ({ runtime: rig.runtime, config: rig.config }),
      siteSha256: () => 'a'.repeat(64),
    });
  }
}
