/** The pure engine through a walk test, told as a story: `5 a=alarm@3` is a reading 5 s after the begin, in frame 3. */
import { type BootId, brandId, type EntryId, type PointId, type ZoneId } from '../../config/ids.js';
import { usualCadences } from '../../config/site-defaults.js';
import { makeStep, resoundOf } from '../../gateway/alarm/engine.js';
import { type AlarmState, emptyAlarmState } from '../../gateway/alarm/facets.js';
import type { EngineInput, StepResult } from '../../gateway/alarm/step.js';
import { type EntryDraft, laneOf } from '../../sync/journal/entry.js';
import type { FacetRow } from '../../sync/journal/store.js';
import { pointOf } from './engine-rig.js';

export const hall = brandId<ZoneId>('hall');
export const street = brandId<ZoneId>('street');
const withFault = { normal: 'normal', alarm: 'fire', broken: 'fault' } as const;

export const points = [
  pointOf('a', 'smoke.alarm', { severities: withFault }),
  pointOf('b', 'heat.alarm', { severities: withFault }),
  pointOf('slow', 'smoke.alarm', { onDelayMs: 3000, offDelayMs: 15_000 }),
  pointOf('call', 'call_point.alarm', { onDelayMs: 100 }),
  pointOf('gas', 'gas.alarm'),
  pointOf('far', 'smoke.alarm', { zone: street }),
];
const zones = [
  { id: hall, name: { zh: '祠堂', en: 'hall' }, code: null },
  { id: street, name: { zh: '街', en: 'street' }, code: null },
];

export class WalkRig {
  readonly #step = makeStep(points, [], { ...resoundOf(usualCadences), zones });
  readonly saved = new Map<string, FacetRow>();
  readonly drafts: EntryDraft[] = [];
  /** As `65 raised a`, seconds and what happened. */
  readonly told: string[] = [];
  state: AlarmState = emptyAlarmState;
  nextTickMono: number | null = null;
  #boots = 1;
  #bootMono = 0;
  #mono = 0;

  /** `0 begin; 5 a=alarm@3; 6 a?; 7 a=normal; 9 end; 10 boot; 700 wait`, and `begin street`. */
  play(story: string): this {
    for (const line of story.split(';')) this.#line(line.trim());
    return this;
  }

  of(id: string) {
    return this.state.subjects.get(`point:${id}`);
  }

  #line(line: string): void {
    const [at = '', what = '', zone = 'hall'] = line.split(' ');
    this.#until(Number(at) * 1000);
    const [, id = '', value = '', frame = '0', mark = ''] = /^(\w+)(?:=(\w+)(?:@(\d+))?)?([?!]?)$/.exec(what) ?? [];
    const stamp = {
      pointId: brandId<PointId>(id),
      sampledMono: this.#now(),
      frame: Number(frame),
      confirmed: mark !== '!',
    };
    const order = { zone: brandId<ZoneId>(zone), origin: 'panel' };
    if (what === 'wait') return;
    if (what === 'begin') this.give({ kind: 'walk-test', order: { ...order, to: 'begin' } });
    else if (what === 'end') this.give({ kind: 'walk-test', order: { ...order, to: 'end' } });
    else if (what === 'boot') this.#boot();
    else if (what === 'take-out' || what === 'put-back') {
      const to = what === 'take-out' ? 'out-of-service' : 'in-service';
      this.give({ kind: 'service', order: { subjects: [`point:${zone}`], to, forMs: 20_000, origin: 'panel' } });
    } else if (mark === '?') {
      this.give({ kind: 'reading', reading: { ...stamp, quality: 'bad', value: null, reason: 'silent' } });
    } else this.give({ kind: 'reading', reading: { ...stamp, quality: 'good', value, reason: null } });
  }

  #boot(): void {
    this.#boots++;
    this.#bootMono = this.#mono;
    this.state = emptyAlarmState;
    this.nextTickMono = null;
    this.give({ kind: 'restore', rows: [...this.saved.values()] });
  }

  #until(mono: number): void {
    for (let next = this.nextTickMono; next !== null && next + this.#bootMono <= mono; next = this.nextTickMono) {
      this.#mono = Math.max(this.#mono, next + this.#bootMono);
      this.give({ kind: 'tick' });
      if (this.nextTickMono !== null && this.nextTickMono <= this.#now())
        throw new Error('a tick that changes nothing');
    }
    this.#mono = mono;
  }

  #now(): number {
    return this.#mono - this.#bootMono;
  }

  give(input: EngineInput): StepResult {
    const boot = brandId<BootId>(`b${this.#boots}`);
    const entryId = (n: number): EntryId => brandId<EntryId>(`e${this.drafts.length + n}`);
    const now = { boot, mono: this.#now(), wall: 1e12 + this.#mono, trust: 'trusted', entryId } as const;
    const before = this.state;
    const result = this.#step(before, input, now);
    this.state = result.state;
    if (result.state !== before) this.nextTickMono = result.nextTickMono;
    for (const { subject, row } of result.facets) {
      if (row === null) this.saved.delete(subject);
      else this.saved.set(subject, row);
    }
    for (const draft of result.drafts) {
      this.drafts.push(draft);
      const { kind, subject, detail } = draft;
      const words = [
        this.#mono / 1000,
        kind.replace(/^(walk_test|alarm)\./, ''),
        subject.replace(/^(point|zone):/, ''),
      ];
      if (typeof detail['reason'] === 'string') words.push(detail['reason']);
      this.told.push(words.join(' '));
    }
    return result;
  }

  /** What leaves the box. */
  get outside(): readonly EntryDraft[] {
    return this.drafts.filter((draft) => laneOf(draft) !== 'local');
  }
}
