/** Keeps one gateway running as systemd does, ends it when the plan says so, and hands it the orders of a person at the box. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from '../../gateway/cli/ask-gateway.js';
import type { ControlStatus } from '../../gateway/command/control-socket.js';
import { GatewayProcess, stopMaxMs } from './gateway-process.js';
import type { OutsideWorld } from './outside-world.js';
import { type Order, restartMs } from './plan.js';

const answerMaxMs = 3_000;

export interface KeeperOptions {
  readonly siteFile: string;
  readonly dataDir: string;
  readonly world: OutsideWorld;
  /** It did what a gateway never may: it ended by itself, or did not end when asked. */
  readonly onCrash: (what: string) => void;
}

export class GatewayKeeper {
  #running: { readonly process: GatewayProcess; readonly life: number } | null = null;
  /** Nothing is started any more. */
  #isOver = false;

  constructor(private readonly options: KeeperOptions) {}

  /** Does nothing while one runs. */
  start(): void {
    if (this.#running !== null || this.#isOver) return;
    const { siteFile, world } = this.options;
    const life = world.beginLife();
    const process = new GatewayProcess(siteFile, (seen) => world.see(life, seen));
    const running = { process, life };
    this.#running = running;
    void process.ended.then(({ code, said }) => {
      // Somebody who ends it takes it away first.
      if (this.#running !== running) return;
      this.#running = null;
      world.endLife(life, 'killed');
      if (this.#isOver) return;
      this.options.onCrash(`life ${life} ended by itself with ${code}: ${said.join(' | ')}`);
      void sleep(restartMs).then(() => this.start());
    });
  }

  /** False when none runs. Resolves after it was started again, `awayMs` later. Infinity: it is not. */
  async end(how: 'killed' | 'stopped', awayMs: number): Promise<boolean> {
    const running = this.#running;
    if (running === null) return false;
    const { world, onCrash } = this.options;
    this.#running = null;
    const over = world.beginFault(`gateway.${how}`, ['gateway'], `life ${running.life}`);
    if (how === 'killed') running.process.kill();
    else if (!(await running.process.stop())) onCrash(`life ${running.life} did not stop within ${stopMaxMs / 1000} s`);
    const { code, said } = await running.process.ended;
    if (how === 'stopped' && code !== 0) onCrash(`life ${running.life} stopped with ${code}: ${said.join(' | ')}`);
    world.endLife(running.life, how);
    if (awayMs === Number.POSITIVE_INFINITY) this.#isOver = true;
    else await sleep(awayMs);
    over();
    this.start();
    return true;
  }

  /** Null when nobody answers. */
  async status(): Promise<ControlStatus | null> {
    try {
      return (await ask(this.options.dataDir, { ask: 'status' }, answerMaxMs)) as ControlStatus;
    } catch {
      return null;
    }
  }

  /** Of what the person sees now. False when nobody answers: no gateway runs, or it was killed before it did. */
  async order(what: Order): Promise<boolean> {
    const { dataDir, world } = this.options;
    const upTo = await this.status();
    if (upTo === null) return false;
    const { boot, order } = upTo;
    try {
      const reply = await ask(dataDir, { ask: what, boot, order, user: 'vortex' }, answerMaxMs);
      const isAccepted = typeof reply === 'object' && reply !== null && 'accepted' in reply && reply.accepted === true;
      const by = { what, origin: 'cli:vortex', upTo: { boot, order } };
      world.tell({ kind: 'ordered', order: { ...by, isAccepted } });
      return true;
    } catch {
      return false;
    }
  }

  /** For good, and at once. */
  giveUp(): void {
    this.#isOver = true;
    this.#running?.process.kill();
  }
}
