/**
 * What a panel is told in a week, a list of patches for every 2 s: the head, values, the one thirtieth of all points that was seen again;
 * alarms with all that happens to them, people's words about them, shifts, duty checks, soundings, uplinks that drop and come back.
 */
import type { AlarmRow, Incident, PanelState, Patch } from '../../gateway/panel/api/state.js';
import type { Chance } from '../../hardware-sim/chance.js';
import { anAlarm, inAlarm } from '../panel/page-village.js';

export const stepMs = 2_000;
const perMinute = 60_000 / stepMs;
const perHour = 60 * perMinute;
const perDay = 24 * perHour;
/** Alarms begin so often, by chance. */
const alarmEverySteps = 10 * perMinute;
/** From its raising until its verdict. */
export const alarmSteps = 50;
const changesPerStep = 4;
const classes = ['fire', 'warning', 'supervisory', 'fault', 'technical'] as const;
const words = (text: string) => ({ zh: text, en: text });

/** As when the page was opened in the middle of its life: a day of alarms has been said what it was. */
export function withADay(state: PanelState): PanelState {
  const ids = Array.from({ length: perDay / alarmEverySteps }, (_, n) => `e-b0-${n}`);
  return { ...state, incidents: Object.fromEntries(ids.map((id) => [id, anIncident(id, state.head.wall)])) };
}

function anIncident(id: string, wall: number): Incident {
  const note = { wall, by: 'panel:li', what: 'verdict' as const, text: '做饭油烟' };
  const of = { kind: 'alarm' as const, name: words(`烟感 ${id}`), place: '东厢', zone: 'hall', beganWall: wall };
  return { id, ...of, verdict: 'cooking', isClosed: true, notes: [note] };
}

export class WeekFeed {
  readonly #later = new Map<number, Patch[]>();
  readonly #alarms = new Map<string, AlarmRow>();
  readonly #ids: readonly string[];
  #at = 0;
  #order: number;
  #freshAt = 0;

  constructor(
    private readonly chance: Chance,
    private readonly first: PanelState,
  ) {
    this.#ids = Object.keys(first.points);
    this.#order = first.head.order;
    for (const [at, key] of Object.keys(first.incidents).entries())
      this.#plan((at + 1) * alarmEverySteps, { topic: 'incidents', key, value: null });
  }

  /** `isCalm`: no alarm begins, so that all is well when nothing of those before is left. */
  next(isCalm: boolean): readonly Patch[] {
    this.#at += 1;
    const { chance } = this;
    const patches: Patch[] = [...(this.#later.get(this.#at) ?? [])];
    this.#later.delete(this.#at);
    if (!isCalm && chance.is(1 / alarmEverySteps)) patches.push(...this.#alarm());
    if (this.#at % (8 * perHour) === 0) patches.push(this.#shift());
    if (this.#at % (2 * perHour) === 100) this.#sounding();
    if (this.#at % (4 * perHour) === 200) this.#request();
    if (this.#at % perHour === 300) this.#uplink();
    for (const patch of patches) if (patch.topic === 'alarms') this.#stand(patch.key, patch.value);
    patches.push(...this.#values(), { topic: 'head', value: this.#head() });
    return patches;
  }

  get wall(): number {
    return this.first.head.wall + this.#at * stepMs;
  }

  #plan(afterSteps: number, patch: Patch): void {
    const at = this.#at + afterSteps;
    this.#later.set(at, [...(this.#later.get(at) ?? []), patch]);
  }

  #stand(subject: string, row: AlarmRow | null): void {
    if (row === null) this.#alarms.delete(subject);
    else this.#alarms.set(subject, row);
  }

  #head(): PanelState['head'] {
    const { head } = inAlarm(this.first, Object.fromEntries(this.#alarms));
    return { ...head, wall: this.wall, upMs: this.first.head.upMs + this.#at * stepMs, order: this.#order };
  }

  #values(): Patch[] {
    const ids = this.#ids;
    const fresh = Math.ceil(ids.length / 30);
    const some = ids.slice(this.#freshAt, this.#freshAt + fresh);
    this.#freshAt = this.#freshAt + fresh >= ids.length ? 0 : this.#freshAt + fresh;
    for (let n = 0; n < changesPerStep; n++) some.push(ids[Math.floor(this.chance.next() * ids.length)] ?? '');
    return some.flatMap((id): Patch[] => {
      const before = this.first.points[id];
      if (before === undefined) return [];
      const isNumber = typeof before.value === 'number';
      const value = isNumber
        ? Number((Number(before.value) * (0.9 + 0.2 * this.chance.next())).toFixed(3))
        : before.value;
      return [{ topic: 'points', key: id, value: { ...before, value, wall: this.wall } }];
    });
  }

  /** Raised, carried, kept, acknowledged, silenced, over, reset; what it was is said later, and forgotten after a day. */
  #alarm(): Patch[] {
    this.#order += 1;
    const [id, subject] = [`e-b1-${this.#order}`, `smoke-${this.#order % 40}`];
    if (this.#alarms.has(subject)) return [];
    const ownClass = classes[Math.floor(this.chance.next() * classes.length)] ?? 'fire';
    const raised = { ...{ subject, class: ownClass, alarm: id, order: this.#order }, raisedWall: this.wall };
    const row = anAlarm({ ...raised, name: words(`烟感 ${this.#order}`), device: 'smoke-1' });
    const told = (how: 'carried' | 'kept') => [
      { uplink: 'district', how, wall: this.wall, carriedWall: this.wall, afterMs: 900 },
    ];
    const acknowledged = { by: 'panel:li', wall: this.wall };
    const stages: readonly [number, Partial<AlarmRow>][] = [
      [1, { told: told('carried') }],
      [3, { told: told('kept') }],
      [12, { told: told('kept'), acknowledged }],
      [15, { told: told('kept'), acknowledged, sounder: 'silenced' }],
      [25, { told: told('kept'), acknowledged, sounder: 'silenced', isActive: false }],
    ];
    for (const [after, odd] of stages) this.#plan(after, { topic: 'alarms', key: subject, value: { ...row, ...odd } });
    this.#plan(30, { topic: 'alarms', key: subject, value: null });
    const closed = anIncident(id, this.wall);
    this.#plan(5, { topic: 'incidents', key: id, value: { ...closed, verdict: null, isClosed: false, notes: [] } });
    this.#plan(alarmSteps - 5, { topic: 'incidents', key: id, value: closed });
    this.#plan(perDay, { topic: 'incidents', key: id, value: null });
    return [{ topic: 'alarms', key: subject, value: row }];
  }

  #shift(): Patch {
    const person = this.#at % (16 * perHour) === 0 ? '王秀英' : '李建国';
    return { topic: 'shift', value: { person, sinceWall: this.wall, note: '无异常' } };
  }

  #sounding(): void {
    const id = `saying-${this.#at}`;
    const saying = { id, kind: 'saying' as const, words: words('注意用火安全'), where: [words('祠堂')] };
    this.#plan(1, { topic: 'soundings', key: id, value: { ...saying, origin: 'panel:li', untilWall: null } });
    this.#plan(20, { topic: 'soundings', key: id, value: null });
  }

  #request(): void {
    const id = `duty-check-${this.wall}`;
    const untilWall = this.wall + 60_000;
    const check = { id, is: 'duty-check' as const, by: 'district', sinceWall: this.wall, untilWall, note: null };
    this.#plan(1, { topic: 'requests', key: id, value: check });
    this.#plan(15, { topic: 'requests', key: id, value: null });
  }

  #uplink(): void {
    const up = this.first.uplinks['district'];
    if (up === undefined) return;
    this.#plan(1, { topic: 'uplinks', key: up.id, value: { ...up, isUp: false, error: words('连不上') } });
    this.#plan(40, { topic: 'uplinks', key: up.id, value: up });
  }
}
