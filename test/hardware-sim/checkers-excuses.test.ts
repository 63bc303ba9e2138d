/** What excuses a sound or an output that does not follow, and how little else it excuses. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { brandId, type EntryId, type OutputId } from '../../config/ids.js';
import { loadConfig } from '../../config/load-config.js';
import type { EntryKind } from '../../config/vocabulary.js';
import { Chance } from '../../hardware-sim/chance.js';
import { Afflictions, type Part } from '../../hardware-sim/checkers/afflictions.js';
import type { Checker, CheckerKind, FactDraft, WorldView } from '../../hardware-sim/checkers/checker.js';
import { noOutputWithoutReason } from '../../hardware-sim/checkers/no-output-without-reason.js';
import { outputsMatch } from '../../hardware-sim/checkers/outputs-match.js';
import { knownParts } from '../../hardware-sim/known-parts.js';
import { relayFaults } from '../../hardware-sim/swarm/faults/relay.js';
import type { Entry } from '../../sync/journal/entry.js';

const loaded = await loadConfig(join(import.meta.dirname, '../../config/examples/ancient-town.yaml'), knownParts);
if (!loaded.ok) throw new Error('the example does not load');
const { config } = loaded;

const smoke = 'point:smoke-1/smoke';

/** One judge, and a gateway whose live list is written by hand. */
class Story {
  readonly accused: string[] = [];
  readonly #afflictions = new Afflictions();
  readonly #on = new Set<string>();
  readonly #list = new Map<string, object>();
  readonly #checker: Checker;
  #mono = 0;
  #life = 1;
  #entries = 0;

  constructor(kind: CheckerKind) {
    this.#checker = kind.make(config, (what) => this.accused.push(what));
    this.passes(60);
  }

  get #world(): WorldView {
    const runtime = { alarms: { subjects: this.#list } };
    const view = {
      ...{ config, afflictions: this.#afflictions, mono: () => this.#mono },
      outputIsOn: (id: OutputId) => this.#on.has(id),
      gateway: { life: this.#life, beganMono: 0, watchingMono: 0, runtime },
    };
    return view as unknown as WorldView;
  }

  tells(draft: FactDraft): this {
    this.#checker.see?.({ mono: this.#mono, ...draft }, this.#world);
    return this;
  }

  passes(seconds: number): this {
    for (let i = 0; i < seconds; i++) {
      this.#mono += 1000;
      this.#checker.look?.(this.#world);
    }
    return this;
  }

  /** Not durable: a power cut takes it along. */
  journals(kind: EntryKind, subject: string, more: Partial<Entry> = {}): this {
    const id = brandId<EntryId>(`e${++this.#entries}`);
    const entry = { id, kind, subject, class: 'fire', zone: 'hall', alarm: id, origin: null, detail: {}, ...more };
    return this.tells({ kind: 'seen', life: this.#life, seen: { kind: 'entry', entry: entry as Entry } });
  }

  /** The alarm in the live list; null: it is not there. */
  lists(sounder: 'sounding' | 'silenced' | null): this {
    const facets = { subject: smoke, class: 'fire', zone: 'hall', sounder, alarm: { id: 'e1', order: 1 } };
    if (sounder === null) this.#list.delete(smoke);
    else this.#list.set(smoke, facets);
    return this;
  }

  /** Raised and silenced a minute ago, and all of it lost with the power. */
  losesPower(): this {
    this.lists('sounding').journals('alarm.raised', smoke).journals('alarm.silenced', smoke).passes(60);
    this.#list.clear();
    this.tells({ kind: 'life.ended', life: this.#life, how: 'power-cut' }).passes(6);
    this.#life++;
    return this.tells({ kind: 'life.began', life: this.#life });
  }

  sounds(output: string): this {
    this.#on.add(output);
    return this.tells({ kind: 'output', output: brandId<OutputId>(output), on: true }).passes(5);
  }

  commands(output: string): this {
    return this.journals('output.commanded', `output:${output}`, { detail: { output, on: true } });
  }

  breaks(fault: string, part: Part): this {
    this.#afflictions.begin(part);
    return this.tells({ kind: 'fault.began', fault, parts: [part], note: '' });
  }
}

describe('a silence of which nobody can be sure', () => {
  const story = (): Story => new Story(noOutputWithoutReason);

  it('explains a sound of the alarm that sounds in the live list', () => {
    expect(story().losesPower().lists('sounding').sounds('siren-hall').accused).toEqual([]);
  });

  it.each(['silenced', null] as const)('explains no sound of one that the list has %s', (sounder) => {
    expect(story().losesPower().lists(sounder).sounds('siren-hall').accused).toHaveLength(1);
  });

  it('explains no sound of an alarm that a person put back silent', () => {
    const putBack = (sounder: 'sounding' | 'silenced'): Story =>
      story()
        .journals('alarm.raised', smoke)
        .journals('alarm.silenced', smoke)
        .journals('service.changed', smoke, { detail: { to: 'in-service' }, origin: 'panel' })
        .lists(sounder)
        .passes(60)
        .sounds('siren-hall');
    expect(putBack('sounding').accused).toEqual([]);
    expect(putBack('silenced').accused).toHaveLength(1);
  });
});

describe('a welded contact', () => {
  const told = (fault: string, part: Part, output: string): readonly string[] =>
    new Story(outputsMatch).breaks(fault, part).commands(output).passes(100).accused;

  it('excuses its own output, behind a module and behind a pin', () => {
    expect(told('relay-welded', 'contact:siren-pool' as Part, 'siren-pool')).toEqual([]);
    expect(told('pin-welded', 'pin:17', 'siren-village')).toEqual([]);
  });

  it('excuses no other output, not even of the same module', () => {
    expect(told('relay-welded', 'contact:siren-pool' as Part, 'siren-street')).toHaveLength(1);
  });

  it('is all that the fault of a relay breaks', () => {
    const parts = Array.from({ length: 40 }, (_, seed) => relayFaults[0]?.draw(config, new Chance(seed))?.parts ?? []);
    expect(new Set(parts.flat().map((part) => part.split(':')[0]))).toEqual(new Set(['contact']));
  });
});
