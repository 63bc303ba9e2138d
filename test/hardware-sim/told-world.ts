/** A world that is told what happens in it by hand, and stories in it for the judges. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brandId, type EntryId, type OutputId, type PointId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { Reading } from '../../config/reading.js';
import type { EntryKind } from '../../config/vocabulary.js';
import { Afflictions, type Part } from '../../hardware-sim/checkers/afflictions.js';
import { allCheckers } from '../../hardware-sim/checkers/all-checkers.js';
import type { Checker, Fact, FactDraft, GatewayView, WorldView } from '../../hardware-sim/checkers/checker.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import type { Entry } from '../../sync/journal/entry.js';

export const smoke = 'smoke-1/smoke';
export const shrine = 'smoke-4/smoke';
export const sirens = ['siren-hall', 'siren-village'];

const loaded = await loadConfig(join(import.meta.dirname, '../../config/examples/ancient-town.yaml'), knownParts);
if (!loaded.ok) throw new Error('the example does not load');
const config: WorldView['config'] = {
  ...loaded.config,
  heartbeats: [
    {
      id: brandId('watchdog'),
      zone: null,
      name: { zh: '看门狗', en: 'watchdog' },
      target: { kind: 'pin', pin: 25, activeLow: false },
    },
  ],
};

/** A world that is told what happens in it, by hand. */
export class Told {
  readonly accused: string[] = [];
  readonly afflictions = new Afflictions();
  readonly #on = new Set<string>();
  readonly #readings = new Map<string, Reading>();
  readonly #live = new Map<string, { alarm: { id: string; order: number } | null }>();
  readonly #checker: Checker;
  readonly #world: WorldView;
  #mono = 0;
  #life = 0;
  #beganMono = 0;
  #entries = 0;
  #orders = 0;
  #says: string | null = null;
  #isUp = true;
  /** The watchdog pin moves every second. */
  #beats = true;
  #beatMono: number | null = null;

  constructor(name: string) {
    const kind = allCheckers.find((each) => each.name === name);
    if (kind === undefined) throw new RangeError(name);
    this.#checker = kind.make(config, (what) => this.accused.push(what));
    const told = this;
    const view = {
      ...{ config, seed: 1, phase: 'safety', afflictions: this.afflictions, timers: 0 },
      ...{ mono: () => told.#mono, wall: () => told.#mono, pointIs: () => null, hornSays: () => told.#says },
      outputIsOn: (output: OutputId) => told.#on.has(output),
      get beatMono() {
        return told.#beatMono;
      },
      get gateway(): GatewayView | null {
        return told.#life > 0 ? (told.#view as unknown as GatewayView) : null;
      },
    };
    this.#world = view as unknown as WorldView;
  }

  get #view(): object {
    const subjects = new Map(
      [...this.#live].map(([key, live]) => [
        key,
        { class: 'fire', zone: 'hall', condition: 'normal', service: null, sounder: 'quiet', ...live },
      ]),
    );
    const runtime = {
      alarms: { subjects, walkTests: new Map(), lastOrder: this.#orders },
      points: { get: (id: string) => this.#readings.get(id) ?? null },
      uplinks: [{ id: 'district', isUp: this.#isUp, error: null, queued: { fire: 0, journal: 0, telemetry: 0 } }],
    };
    return { life: this.#life, beganMono: this.#beganMono, watchingMono: this.#beganMono + 1000, runtime };
  }

  fact(draft: FactDraft): void {
    this.#checker.see?.({ mono: this.#mono, ...draft } as Fact, this.#world);
  }

  starts(): this {
    this.#life++;
    this.#beganMono = this.#mono;
    this.fact({ kind: 'life.began', life: this.#life });
    return this;
  }

  isKilled(): this {
    const life = this.#life;
    this.#life = 0;
    this.fact({ kind: 'life.ended', life, how: 'power-cut' });
    this.#life = life;
    this.#live.clear();
    return this;
  }

  passes(seconds: number): this {
    for (let i = 0; i < seconds; i++) {
      this.#mono += 1000;
      if (this.#beats) this.#beatMono = this.#mono;
      this.#checker.look?.(this.#world);
    }
    return this;
  }

  async concludes(): Promise<this> {
    await this.#checker.conclude?.(this.#world);
    return this;
  }

  moves(point: string, to: string): this {
    this.fact({ kind: 'point', point: brandId<PointId>(point), to });
    return this;
  }

  switches(ids: readonly string[], on: boolean): this {
    for (const id of ids) {
      if (on) this.#on.add(id);
      else this.#on.delete(id);
      this.fact({ kind: 'output', output: brandId<OutputId>(id), on });
    }
    return this;
  }

  journals(kind: EntryKind, more: Partial<Entry> = {}): this {
    const id = brandId<EntryId>(`e${++this.#entries}`);
    const entry = {
      id,
      kind,
      class: null,
      subject: 'gateway',
      alarm: null,
      zone: null,
      origin: null,
      detail: {},
      boot: 'b',
      ...more,
    } as Entry;
    this.fact({ kind: 'seen', life: this.#life, seen: { kind: 'entry', entry } });
    this.fact({ kind: 'seen', life: this.#life, seen: { kind: 'entry.durable', entryId: id, position: 1, tookMs: 1 } });
    return this;
  }

  raises(point: string, alarmClass: 'fire' | 'warning' = 'fire'): this {
    const subject = `point:${point}`;
    const alarm = `e${this.#entries + 1}`;
    this.stands(subject, alarm);
    return this.journals('alarm.raised', {
      subject,
      class: alarmClass,
      zone: brandId('hall'),
      alarm: brandId<EntryId>(alarm),
    });
  }

  /** It is in the live list. */
  stands(subject: string, alarm: string): this {
    this.#live.set(subject, { alarm: { id: alarm, order: ++this.#orders } });
    return this;
  }

  /** A new process has read of it on its disk. */
  recalls(point: string): this {
    const subject = `point:${point}`;
    this.stands(subject, 'e1');
    const seen = { kind: 'alarm.standing', class: 'fire', subject, name: { zh: '烟感', en: 'smoke' } } as const;
    this.fact({ kind: 'seen', life: this.#life, seen });
    return this;
  }

  leaves(subject: string): this {
    this.#live.delete(subject);
    return this;
  }

  about(kind: EntryKind, point: string, origin: string | null = null, detail: Entry['detail'] = {}): this {
    return this.journals(kind, { subject: `point:${point}`, class: 'fire', origin, detail });
  }

  orders(what: string, upTo: number): this {
    const order = { what, origin: 'cli:wang', upTo: { boot: 'b', order: upTo }, isAccepted: true };
    this.fact({ kind: 'ordered', order });
    return this;
  }

  commands(output: string, on: boolean): this {
    return this.journals('output.commanded', { subject: `output:${output}`, detail: { output, on } });
  }

  breaks(fault: string, id: string, note = ''): this {
    const part = id as Part;
    this.afflictions.begin(part);
    this.fact({ kind: 'fault.began', fault, parts: [part], note });
    return this;
  }

  mends(fault: string, id: string, note = ''): this {
    const part = id as Part;
    this.afflictions.end(part, this.#mono);
    this.fact({ kind: 'fault.ended', fault, parts: [part], note });
    return this;
  }

  movesOn(): this {
    this.#beats = true;
    return this;
  }

  /** The watchdog pin. */
  standsStill(): this {
    this.#beats = false;
    return this;
  }

  reads(point: string, quality: 'good' | 'bad'): this {
    const reading = {
      pointId: point,
      quality,
      value: quality === 'good' ? 'normal' : null,
      sampledMono: this.#mono,
    } as unknown as Reading;
    this.#readings.set(point, reading);
    this.fact({ kind: 'seen', life: this.#life, seen: { kind: 'point.changed', reading } });
    return this;
  }

  isCutOff(): this {
    this.#isUp = false;
    return this;
  }

  speaks(): this {
    this.#says = 'track 3';
    return this;
  }

  readsAll(): this {
    for (const { id } of config.points) this.reads(id, 'good');
    return this;
  }
}

export type Story = (told: Told) => unknown;

/** By judge: each story, and whether the judge accuses somebody in it. */
export type Stories = Readonly<Record<string, readonly (readonly [story: string, accuses: boolean, tell: Story])[]>>;

export function tellStories(stories: Stories): void {
  describe.each(Object.entries(stories))('%s', (name, rows) => {
    it.each(rows)('%s (accuses: %s)', async (_, accuses, tell) => {
      const told = new Told(name).starts().passes(20);
      const ends = tell(told);
      await Promise.all(Array.isArray(ends) ? ends : [ends]);
      expect(told.accused.length > 0, told.accused.join('\n')).toBe(accuses);
    });
  });
}
