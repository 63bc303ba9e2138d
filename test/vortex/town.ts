/** The village of a vortex in this process, in real time: its serial lines on pseudo-terminals, the others behind TCP servers. */
import { brandId } from '../../config/ids.js';
import type { SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import { type RunningTcpServer, startTcpServer } from '../../hardware-sim/net/tcp-server.js';
import { openPty, type Pty } from '../../hardware-sim/socat-pty.js';
import { buildVillage, type Village } from '../../hardware-sim/village.js';

/** As a UART with a FIFO hands them over. */
const uartChunkBytes = 16;

export class Town {
  readonly village: Village;
  readonly #ptys = new Map<string, Pty>();
  readonly #servers = new Map<string, RunningTcpServer>();
  /** One after the other: a tty that comes and goes at once would find its own link in the way. */
  #work: Promise<void> = Promise.resolve();
  #isClosed = false;

  private constructor(
    private readonly config: SiteConfig,
    private readonly clock: Clock,
    private readonly onBroken: (why: string) => void,
  ) {
    this.village = buildVillage(config, clock, { chunkBytes: uartChunkBytes });
    for (const { id, transport } of config.lines) {
      if (transport === 'serial') this.#wire(id).onMasterBytes((bytes) => this.#ptys.get(id)?.write(bytes));
      else this.village.networks.get(id)?.onCut((isCut) => this.#servers.get(id)?.setCut(isCut));
    }
  }

  /** @param onBroken a pseudo-terminal ended without being asked. */
  static async open(config: SiteConfig, clock: Clock, onBroken: (why: string) => void): Promise<Town> {
    const town = new Town(config, clock, onBroken);
    await town.heal();
    return town;
  }

  /** Everything that a master can open is there; idempotent. */
  async heal(): Promise<void> {
    for (const { id } of this.config.lines) {
      this.village.cutLine(id, false);
      await this.setThere(id, true);
    }
    for (const { id } of [...this.config.units, ...this.config.streams]) this.village.switchUnit(id, true);
  }

  /** The adapter is plugged in or pulled out; the server is on or off. */
  setThere(lineId: string, isThere: boolean): Promise<void> {
    this.#work = this.#work.then(() => this.#setThere(lineId, isThere));
    return this.#work;
  }

  async close(): Promise<void> {
    await this.#work.catch(() => undefined);
    this.#isClosed = true;
    this.village.stop();
    await Promise.all([...this.#ptys.values(), ...this.#servers.values()].map((each) => each.stop()));
  }

  async #setThere(lineId: string, isThere: boolean): Promise<void> {
    const line = this.config.lines.find(({ id }) => id === lineId);
    if (line === undefined) throw new RangeError(`no line ${lineId}`);
    if (this.#isClosed) return;
    const there = this.#ptys.get(lineId) ?? this.#servers.get(lineId);
    if ((there !== undefined) === isThere) return;
    if (there !== undefined) {
      this.#ptys.delete(lineId);
      this.#servers.delete(lineId);
      await there.stop();
    } else if (line.transport === 'serial') await this.#openTty(lineId, line.path);
    else await this.#openServer(lineId, line.port);
  }

  async #openTty(lineId: string, path: string): Promise<void> {
    const pty = await openPty(path, this.clock, {
      onBytes: (bytes) => this.#wire(lineId).masterWrite(bytes),
      onGone: () => this.onBroken(`the pseudo-terminal of ${lineId} is gone`),
    });
    if (typeof pty === 'string') throw new Error(`no pseudo-terminal for ${lineId}: ${pty}`);
    this.#ptys.set(lineId, pty);
  }

  async #openServer(lineId: string, port: number): Promise<void> {
    const network = this.village.networks.get(brandId(lineId));
    if (network === undefined) throw new RangeError(`${lineId} is no network`);
    this.#servers.set(lineId, await startTcpServer({ server: network.server, port }));
  }

  #wire(lineId: string) {
    const wire = this.village.wires.get(brandId(lineId));
    if (wire === undefined) throw new RangeError(`${lineId} is no serial line`);
    return wire;
  }
}
