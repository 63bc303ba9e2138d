/** The watch's side of the panel on a simulated village, with a thread that only listens. */
import type { Clock } from '../../drivers/clock.js';
import type { Log } from '../../gateway/log.js';
import { patched } from '../../gateway/panel/api/patched.js';
import type { PanelState } from '../../gateway/panel/api/state.js';
import type { FromPanel, PanelSettings, ToPanel } from '../../gateway/panel/bridge.js';
import { PanelHost, type PanelHostOptions } from '../../gateway/panel/host/panel-host.js';
import type { OpenPanelPort, PanelPortEvents } from '../../gateway/panel/host/panel-thread.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { line, onlyUnits, type RigOptions, seededRandom, townConfig, VillageRig } from '../gateway/village-rig.js';

export const settings: PanelSettings = {
  ...{ bind: '127.0.0.1', port: 8080, tls: { kind: 'none' }, dataDir: '/nowhere', journal: '/nowhere/journal.db' },
  ...{ pageDir: '/nowhere/page', names: [], idleMs: 600_000 },
};

/** What stands for the thread: it keeps what it is told, as the real one would have it. */
export class StandInThread {
  /** Of the life that runs, or ran last. */
  posted: ToPanel[] = [];
  state: PanelState | null = null;
  lives = 0;
  /** Ended by force. */
  ended = 0;
  endsWhenAsked = true;
  /** Throws instead of beginning. */
  cannotOpen = false;
  #events: PanelPortEvents | null = null;

  readonly open: OpenPanelPort = (_settings, events) => {
    if (this.cannotOpen) throw new Error('no such file');
    this.lives += 1;
    [this.posted, this.state, this.#events] = [[], null, events];
    return {
      post: (message) => this.#take(structuredClone(message)),
      end: async () => {
        this.ended += 1;
      },
    };
  };

  say(message: FromPanel): void {
    this.#events?.onMessage(structuredClone(message));
  }

  die(why = 'exit 1'): void {
    this.#events?.onEnd(why);
  }

  of<Kind extends ToPanel['kind']>(kind: Kind): readonly Extract<ToPanel, { kind: Kind }>[] {
    return this.posted.filter((message): message is Extract<ToPanel, { kind: Kind }> => message.kind === kind);
  }

  #take(message: ToPanel): void {
    this.posted.push(message);
    if (message.kind === 'state') this.state = message.state;
    if (message.kind === 'patches' && this.state !== null) this.state = patched(this.state, message.patches);
    if (message.kind === 'stop' && this.endsWhenAsked) this.die('exit 0');
  }
}

export class LoggedErrors implements Log {
  readonly lines: string[] = [];
  info(): void {}
  warn(): void {}
  error(fields: Readonly<Record<string, unknown>>, message: string): void {
    this.lines.push(`${message} ${JSON.stringify(fields)}`);
  }
}

export function hostOf(
  { clock, random = seededRandom() }: { readonly clock: Clock; readonly random?: () => number },
  thread: StandInThread,
  more: Pick<PanelHostOptions, 'now'> & Partial<PanelHostOptions>,
): PanelHost {
  return new PanelHost({
    ...{ clock, random, log: new LoggedErrors(), version: 'test', timeZone: 'Asia/Shanghai' },
    ...{ settings: () => settings, open: thread.open, ...more },
  });
}

export interface PanelRig {
  readonly rig: VillageRig;
  readonly host: PanelHost;
  readonly thread: StandInThread;
  readonly log: LoggedErrors;
  /** Lets so much time pass, in which the thread beats. */
  pass(ms: number): Promise<void>;
}

/** The hall, the kitchen and the hall's siren: everything was scanned once, and the thread listens. */
export async function panelRig(options: RigOptions = {}, more: Partial<PanelHostOptions> = {}): Promise<PanelRig> {
  const clock = new SimClock(undefined, 'trusted', { settle: 'ticks' });
  const config = onlyUnits(await townConfig(), line('east'), 'smoke-1', 'smoke-kitchen', 'relay-1');
  const rig = await VillageRig.make({ clock, config, ...options });
  const thread = new StandInThread();
  const log = new LoggedErrors();
  const host = hostOf(rig, thread, { now: () => ({ runtime: rig.runtime, config: rig.config }), log, ...more });
  rig.onObserved = (seen) => host.see(seen);
  await rig.start();
  host.start();
  thread.say({ kind: 'listening', url: 'http://127.0.0.1:8080' });
  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 2000) {
      thread.say({ kind: 'beat', streams: 0 });
      await rig.clock.advance(Math.min(left, 2000));
    }
  };
  await rig.clock.until(() => rig.observations.some(({ kind }) => kind === 'site.scanned'), 10_000, 10);
  await pass(100);
  return { rig, host, thread, log, pass };
}
