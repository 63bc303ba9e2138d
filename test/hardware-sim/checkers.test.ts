import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { brandId, type EntryId, type OutputId, type PointId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { Reading } from '../../config/reading.js';
import type { SiteConfig } from '../../config/site.js';
import type { EntryKind } from '../../config/vocabulary.js';
import { Afflictions, type Part } from '../../hardware-sim/checkers/afflictions.js';
import { allCheckers } from '../../hardware-sim/checkers/all-checkers.js';
import type { Checker, Fact, FactDraft, GatewayView, WorldView } from '../../hardware-sim/checkers/checker.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import type { Entry } from '../../sync/journal/entry.js';

const smoke = 'smoke-1/smoke';
const shrine = 'smoke-4/smoke';
const sirens = ['siren-hall', 'siren-village'];

let config: SiteConfig;
beforeAll(async () => {
  const loaded = await loadConfig(join(import.meta.dirname, '../../config/examples/ancient-town.yaml'), knownParts);
  if (!loaded.ok) throw new Error('the example does not load');
  config = loaded.config;
});

/** A world that is told what happens in it, by hand. */
class Told {
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

  constructor(name: string) {
    const kind = allCheckers.find((each) => each.name === name);
    if (kind === undefined) throw new RangeError(name);
    this.#checker = kind.make(config, (what) => this.accused.push(what));
    const told = this;
    const view = {
      ...{ config, seed: 1, phase: 'safety', afflictions: this.afflictions, timers: 0 },
      ...{ mono: () => told.#mono, wall: () => told.#mono, pointIs: () => null, hornSays: () => told.#says },
      outputIsOn: (output: OutputId) => told.#on.has(output),
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
    this.fact({ kind: 'seen', life: this.#life, seen: { kind: 'entry.durable', entryId: id, tookMs: 1 } });
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

  breaks(fault: string, id: string): this {
    const part = id as Part;
    this.afflictions.begin(part);
    this.fact({ kind: 'fault.began', fault, parts: [part], note: '' });
    return this;
  }

  mends(fault: string, id: string): this {
    const part = id as Part;
    this.afflictions.end(part, this.#mono);
    this.fact({ kind: 'fault.ended', fault, parts: [part], note: '' });
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

type Story = (told: Told) => unknown;

/** A fire that is raised and sounds. */
const fire: Story = (told) => told.moves(smoke, 'alarm').passes(1).raises(smoke).switches(sirens, true).passes(5);

const stories: Readonly<Record<string, readonly (readonly [story: string, accuses: boolean, tell: Story])[]>> = {
  'fire-sounds': [
    ['a fire that is raised and sounds', false, fire],
    ['a fire that nobody raises', true, (told) => told.moves(smoke, 'alarm').passes(6)],
    [
      'a fire that is over before it can be seen',
      false,
      (told) => told.moves(smoke, 'alarm').passes(1).moves(smoke, 'normal').passes(30),
    ],
    [
      'a fire behind a line that is cut',
      false,
      (told) => told.breaks('line-cut', 'line:east').moves(smoke, 'alarm').passes(60),
    ],
    [
      '… and nobody raises it when the line is mended',
      true,
      (told) =>
        told.breaks('line-cut', 'line:east').moves(smoke, 'alarm').passes(60).mends('line-cut', 'line:east').passes(30),
    ],
    [
      'one of two sirens is quiet',
      true,
      (told) => told.moves(smoke, 'alarm').passes(1).raises(smoke).switches(['siren-hall'], true).passes(8),
    ],
    [
      '… because its pin is broken',
      false,
      (told) =>
        told
          .breaks('pin-stuck', 'pin:17')
          .moves(smoke, 'alarm')
          .passes(1)
          .raises(smoke)
          .switches(['siren-hall'], true)
          .passes(8),
    ],
    ['it falls silent by itself', true, (told) => [fire(told), told.switches(sirens, false).passes(110)]],
    [
      'it rests for a minute',
      false,
      (told) => [fire(told), told.switches(sirens, false).passes(70).switches(sirens, true).passes(5)],
    ],
    [
      'a person silences it',
      false,
      (told) => [fire(told), told.about('alarm.silenced', smoke, 'cli:wang').switches(sirens, false).passes(200)],
    ],
    [
      'a new process that does not sound what was durable',
      true,
      (told) => [
        fire(told),
        told
          .moves(smoke, 'normal')
          .isKilled()
          .switches(sirens, false)
          .passes(2)
          .starts()
          .stands(`point:${smoke}`, 'e1')
          .passes(20),
      ],
    ],
    [
      'a drill that a fire does not end',
      true,
      (told) => [told.journals('drill.begun').passes(3), fire(told), told.passes(5)],
    ],
    [
      'a detector under walk test',
      false,
      (told) =>
        told
          .journals('walk_test.begun', { detail: { points: [smoke] } })
          .moves(smoke, 'alarm')
          .passes(40)
          .moves(smoke, 'normal'),
    ],
    [
      '… that burns for longer than a person tries it',
      true,
      (told) =>
        told
          .journals('walk_test.begun', { detail: { points: [smoke] } })
          .moves(smoke, 'alarm')
          .passes(90),
    ],
  ],
  'latch-holds': [
    [
      'it returns and stands',
      false,
      (told) => told.raises(smoke).about('alarm.returned', smoke, null, { latched: true }).passes(5),
    ],
    ['it is gone', true, (told) => told.raises(smoke).passes(5).leaves(`point:${smoke}`).passes(1)],
    [
      'it is gone after a reset',
      false,
      (told) => told.raises(smoke).passes(5).leaves(`point:${smoke}`).about('alarm.reset', smoke).passes(2),
    ],
    [
      'another one stands there',
      true,
      (told) => told.raises(smoke).passes(5).stands(`point:${smoke}`, 'e77').passes(1),
    ],
    ['a new process has forgotten it', true, (told) => told.raises(smoke).passes(5).isKilled().starts().passes(10)],
    [
      '… and its disk is broken',
      false,
      (told) => told.raises(smoke).passes(5).isKilled().breaks('disk-stalls', 'disk').starts().passes(10),
    ],
  ],
  'no-output-without-reason': [
    ['an alarm wants it', false, (told) => told.switches(sirens, true).raises(smoke).passes(5)],
    ['nobody wants it', true, (told) => told.switches(['siren-village'], true).passes(5)],
    ['an alarm of elsewhere stands', true, (told) => told.raises(smoke).switches(['siren-street'], true).passes(5)],
    [
      'it was silenced long ago',
      true,
      (told) =>
        told.raises(smoke).passes(2).about('alarm.silenced', smoke).passes(60).switches(['siren-hall'], true).passes(5),
    ],
    ['a siren test', false, (told) => told.journals('siren_test.begun').switches(sirens, true).passes(5)],
    [
      'its pin has gone mad',
      false,
      (told) => told.breaks('pin-floating', 'pin:17').switches(['siren-village'], true).passes(5),
    ],
  ],
  'silence-hides-nothing': [
    [
      'a silence of what was seen',
      false,
      (told) => told.raises(smoke).orders('silence', 1).about('alarm.silenced', smoke, 'cli:wang').passes(5),
    ],
    [
      'a silence of something newer',
      true,
      (told) =>
        told.raises(smoke).raises(shrine).orders('silence', 1).about('alarm.silenced', shrine, 'cli:wang').passes(2),
    ],
    [
      'a key, half a second after the alarm',
      true,
      (told) => told.passes(5).raises(smoke).about('alarm.silenced', smoke, 'key:key-silence').passes(2),
    ],
    [
      'a fire after a silence, which nobody hears',
      true,
      (told) =>
        told
          .raises(smoke)
          .orders('silence', 1)
          .about('alarm.silenced', smoke, 'cli:wang')
          .passes(5)
          .raises(shrine)
          .passes(8),
    ],
    [
      '… and which everybody hears',
      false,
      (told) =>
        told
          .raises(smoke)
          .orders('silence', 1)
          .about('alarm.silenced', smoke, 'cli:wang')
          .passes(5)
          .raises(shrine)
          .switches(sirens, true)
          .passes(8),
    ],
  ],
  'lost-sensor': [
    [
      'a fault in time',
      false,
      (told) => told.breaks('unit-silent', 'unit:smoke-1').passes(40).stands('fault:unit:smoke-1', 'e9').passes(90),
    ],
    [
      'a fault of its line',
      false,
      (told) => told.breaks('line-cut', 'line:east').passes(40).stands('fault:line:east', 'e9').passes(90),
    ],
    ['no fault', true, (told) => told.breaks('unit-silent', 'unit:smoke-1').passes(105)],
    ['a unit that is only slow', false, (told) => told.breaks('unit-slow', 'unit:smoke-1').passes(200)],
    ['an all-clear', true, (told) => told.breaks('line-cut', 'line:east').passes(30).about('alarm.returned', smoke)],
    ['a good reading', true, (told) => told.breaks('line-cut', 'line:east').passes(30).reads(smoke, 'good')],
    [
      'a good reading that was on its way',
      false,
      (told) => told.breaks('line-cut', 'line:east').passes(1).reads(smoke, 'good'),
    ],
    [
      'a fault that stays',
      true,
      (told) =>
        told
          .breaks('unit-off', 'unit:smoke-1')
          .passes(60)
          .stands('fault:unit:smoke-1', 'e9')
          .mends('unit-off', 'unit:smoke-1')
          .passes(130),
    ],
    [
      'a fault of its siren, for a reason of its own',
      false,
      (told) =>
        told
          .breaks('unit-off', 'unit:relay-1')
          .passes(60)
          .stands('fault:output:siren-hall', 'e9')
          .mends('unit-off', 'unit:relay-1')
          .passes(130),
    ],
  ],
  'outputs-match': [
    ['it follows', false, (told) => told.commands('siren-hall', true).switches(['siren-hall'], true).passes(60)],
    ['it does not follow', true, (told) => told.commands('siren-hall', true).passes(60)],
    [
      '… and a fault says so',
      false,
      (told) => told.commands('siren-hall', true).stands('fault:output:siren-hall', 'e9').passes(60),
    ],
    [
      'the voice has the word',
      false,
      (told) =>
        told
          .commands('siren-hall', true)
          .switches(['siren-hall'], true)
          .passes(15)
          .switches(['siren-hall'], false)
          .passes(30)
          .switches(['siren-hall'], true)
          .passes(15),
    ],
    ['it is welded', true, (told) => told.switches(['siren-hall'], true).commands('siren-hall', false).passes(60)],
    ['it is on in the end', true, (told) => told.switches(['siren-hall'], true).concludes()],
  ],
  'ends-well': [
    ['all is quiet', false, (told) => told.readsAll().concludes()],
    ['a fault stands', true, (told) => told.readsAll().stands('fault:unit:smoke-1', 'e9').concludes()],
    ['a point is not seen', true, (told) => told.readsAll().reads(smoke, 'bad').concludes()],
    ['the uplink is down', true, (told) => told.readsAll().isCutOff().concludes()],
    ['a horn speaks', true, (told) => told.readsAll().speaks().concludes()],
  ],
};

describe.each(Object.entries(stories))('%s', (name, rows) => {
  it.each(rows)('%s (accuses: %s)', async (_, accuses, tell) => {
    const told = new Told(name).starts().passes(20);
    const ends = tell(told);
    await Promise.all(Array.isArray(ends) ? ends : [ends]);
    expect(told.accused.length > 0, told.accused.join('\n')).toBe(accuses);
  });
});
