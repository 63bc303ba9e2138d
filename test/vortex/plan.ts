/** What happens in a vortex and when, drawn from a seed. Pure: the same seed, length and site give the same plan; real time does not. */
import type { Chance } from '../../hardware-sim/chance.js';

export type Deed =
  /** The network between gateway and broker: see BadLink. */
  | { readonly do: 'link.freeze' | 'link.lose-answers' | 'link.reset' | 'link.end' }
  | { readonly do: 'link.delay'; readonly byMs: number }
  /** SIGKILL, SIGTERM, SIGSTOP. */
  | { readonly do: 'broker.kill' | 'broker.stop' | 'broker.pause' }
  | { readonly do: 'gateway.kill' | 'gateway.stop' }
  /** The adapter is pulled out: its tty hangs up and is no more. */
  | { readonly do: 'tty.gone'; readonly line: string }
  /** The pair behind the adapter or server is cut. */
  | { readonly do: 'line.cut'; readonly line: string }
  /** The server of a network line is off: who is connected is reset, who comes is refused. */
  | { readonly do: 'server.down'; readonly line: string }
  | { readonly do: 'unit.silent'; readonly unit: string }
  /** Smoke, a valve, a level: goes there, and back in the end. */
  | { readonly do: 'point'; readonly point: string; readonly to: string | number; readonly back: string | number }
  | { readonly do: 'key'; readonly key: string }
  | { readonly do: 'order'; readonly order: Order };

export type Order = 'acknowledge' | 'silence' | 'reset';

export interface Step {
  /** From the beginning of the safety phase, ms. */
  readonly atMs: number;
  /** 0: it is over at once. */
  readonly lastsMs: number;
  readonly deed: Deed;
}

export interface Move {
  readonly point: string;
  readonly to: string | number;
  readonly back: string | number;
}

/** What there is to break and to move. None of the lists may be empty. */
export interface Targets {
  readonly ttys: readonly string[];
  /** Lines with units that are asked. */
  readonly lines: readonly string[];
  readonly servers: readonly string[];
  readonly units: readonly string[];
  readonly fires: readonly Move[];
  readonly others: readonly Move[];
  readonly keys: readonly string[];
}

interface Kind {
  readonly name: string;
  /** In an hour of safety phase. */
  readonly perHour: number;
  readonly lastsMs: readonly [min: number, max: number];
  draw(chance: Chance, targets: Targets): Deed;
}

/** systemd waits so long before it starts a gateway again (RestartSec). */
export const restartMs = 1_000;
/** Only what the gateway claims to survive. One freeze in so many is long enough to be found out as half open (no PUBACK for 10 s). */
const longFreezeMs = 14_000;

const kinds: readonly Kind[] = [
  { name: 'link.freeze', perHour: 60, lastsMs: [100, 4_000], draw: () => ({ do: 'link.freeze' }) },
  { name: 'long freeze', perHour: 15, lastsMs: [11_000, longFreezeMs], draw: () => ({ do: 'link.freeze' }) },
  { name: 'link.lose-answers', perHour: 60, lastsMs: [20, 1_000], draw: () => ({ do: 'link.lose-answers' }) },
  {
    ...{ name: 'link.delay', perHour: 60, lastsMs: [200, 5_000] },
    draw: (chance) => ({ do: 'link.delay', byMs: Math.round(chance.logBetween(10, 1_000)) }),
  },
  { name: 'link.reset', perHour: 45, lastsMs: [0, 0], draw: () => ({ do: 'link.reset' }) },
  { name: 'link.end', perHour: 45, lastsMs: [0, 0], draw: () => ({ do: 'link.end' }) },
  { name: 'broker.kill', perHour: 45, lastsMs: [10, 5_000], draw: () => ({ do: 'broker.kill' }) },
  { name: 'broker.stop', perHour: 30, lastsMs: [10, 5_000], draw: () => ({ do: 'broker.stop' }) },
  { name: 'broker.pause', perHour: 45, lastsMs: [100, 15_000], draw: () => ({ do: 'broker.pause' }) },
  { name: 'gateway.kill', perHour: 240, lastsMs: [restartMs, restartMs], draw: () => ({ do: 'gateway.kill' }) },
  // Shortly after another: in the middle of a start.
  { name: 'early kill', perHour: 30, lastsMs: [restartMs, restartMs], draw: () => ({ do: 'gateway.kill' }) },
  { name: 'gateway.stop', perHour: 20, lastsMs: [restartMs, restartMs], draw: () => ({ do: 'gateway.stop' }) },
  {
    ...{ name: 'tty.gone', perHour: 80, lastsMs: [200, 12_000] },
    draw: (chance, { ttys }) => ({ do: 'tty.gone', line: chance.pick(ttys) }),
  },
  {
    ...{ name: 'line.cut', perHour: 60, lastsMs: [100, 12_000] },
    draw: (chance, { lines }) => ({ do: 'line.cut', line: chance.pick(lines) }),
  },
  {
    ...{ name: 'server.down', perHour: 60, lastsMs: [100, 12_000] },
    draw: (chance, { servers }) => ({ do: 'server.down', line: chance.pick(servers) }),
  },
  {
    ...{ name: 'unit.silent', perHour: 120, lastsMs: [200, 30_000] },
    draw: (chance, { units }) => ({ do: 'unit.silent', unit: chance.pick(units) }),
  },
  {
    ...{ name: 'fire', perHour: 480, lastsMs: [3_000, 40_000] },
    draw: (chance, { fires }) => ({ do: 'point', ...chance.pick(fires) }),
  },
  {
    ...{ name: 'other', perHour: 300, lastsMs: [500, 30_000] },
    draw: (chance, { others }) => ({ do: 'point', ...chance.pick(others) }),
  },
  {
    name: 'key',
    perHour: 200,
    lastsMs: [150, 800],
    draw: (chance, { keys }) => ({ do: 'key', key: chance.pick(keys) }),
  },
  {
    ...{ name: 'order', perHour: 480, lastsMs: [0, 0] },
    draw: (chance) => ({ do: 'order', order: chance.pick(['acknowledge', 'silence', 'reset', 'reset'] as const) }),
  },
];

const hourMs = 3_600_000;
const earlyMaxMs = 1_200;

/** In the order of their time. Kinds draw from streams of their own: one more kind changes nothing of the others. */
export function planOf(seed: Chance, targets: Targets, forMs: number): readonly Step[] {
  const steps: Step[] = [];
  for (const kind of kinds) {
    const chance = seed.stream(kind.name);
    for (let atMs = pauseOf(kind, chance); atMs < forMs; atMs += pauseOf(kind, chance)) {
      const [min, max] = kind.lastsMs;
      const lastsMs = min === max ? min : Math.round(chance.logBetween(min, max));
      const step = { atMs: Math.round(atMs), lastsMs, deed: kind.draw(chance, targets) };
      steps.push(step);
      if (kind.name !== 'early kill') continue;
      steps.push({ ...step, atMs: step.atMs + restartMs + chance.int(0, earlyMaxMs) });
    }
  }
  return steps.filter(({ atMs }) => atMs < forMs).sort((a, b) => a.atMs - b.atMs);
}

/** As rare events come: no longer pause makes the next one likelier. */
function pauseOf({ perHour }: Kind, chance: Chance): number {
  return (-Math.log(1 - chance.next()) * hourMs) / perHour;
}

/** One line for people, as `--plan` prints it. */
export function describeStep({ atMs, lastsMs, deed }: Step): string {
  const { do: name, ...more } = deed;
  const words = Object.entries(more).map(([key, value]) => `${key}=${value}`);
  const lasts = lastsMs === 0 ? '' : ` for ${(lastsMs / 1000).toFixed(1)} s`;
  return [`${(atMs / 1000).toFixed(1).padStart(7)} s  ${name}${lasts}`, ...words].join('  ');
}
