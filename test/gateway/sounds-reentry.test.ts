/** Ordering an output may tell of its fault in the midst of a call, and that calls again. */
import { expect, test } from 'vitest';
import { brandId, type EntryId, type MessageId, type OutputId, type PlanId, type SpeakerId } from '../../config/ids.js';
import type { OutputConfig, PlanConfig } from '../../config/site.js';
import { type AlarmState, emptyAlarmState, type Facets } from '../../gateway/alarm/facets.js';
import { Annunciator } from '../../gateway/annunciator/annunciator.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { seededRandom } from './village-rig.js';

test('a step of a plan that sounds a siren found on, in the midst of a voice turn, is heard at once', async () => {
  const clock = new SimClock();
  const horn = brandId<SpeakerId>('horn');
  const [one, two] = ['one', 'two'].map((id) => brandId<OutputId>(id)) as [OutputId, OutputId];
  const levels = new Map<OutputId, boolean>([[two, true]]);
  const out = (id: OutputId): OutputConfig => ({
    ...{ id, kind: 'siren', name: { zh: id, en: id }, zone: null, onControlLost: 'keep-sounding' },
    target: { kind: 'pin', pin: 1, activeLow: false },
  });
  const plan: PlanConfig = {
    id: brandId<PlanId>('fire'),
    when: { class: 'fire', zones: 'all' },
    steps: [
      { start: [{ kind: 'at-once' }], sound: [one], say: [{ message: brandId<MessageId>('fire'), speakers: [horn] }] },
      { start: [{ kind: 'after', afterMs: 20_000 }], sound: [two] },
    ],
  };
  const alarm = {
    id: brandId<EntryId>('k'),
    order: 1,
    raisedMono: 0,
    raisedWall: 0,
    waitingMono: 0,
    frames: [],
    confirmed: null,
  };
  const facets = {
    ...{
      subject: 'point:k',
      class: 'fire',
      zone: null,
      name: { zh: 'k', en: 'k' },
      condition: 'active',
      sinceMono: 0,
      alarm,
    },
    ...{ acknowledged: null, sounder: 'sounding', sounderMono: 0, service: null, isLost: false },
  } as unknown as Facets;
  const state: AlarmState = { ...emptyAlarmState, subjects: new Map([['point:k', facets]]), lastOrder: 1 };
  const annunciator: Annunciator = new Annunciator({
    ...{ outputs: [out(one), out(two)], plans: [plan], clock, random: seededRandom() },
    makeHandle: ({ id }) => ({
      afterProcessEnd: 'holds',
      command: async (on) => void levels.set(id, on),
      readBack: async () => levels.get(id) ?? false,
    }),
    // As the runtime does: a fault told outside of a step is a step of its own, and sounds.
    events: { record: () => undefined, onFault: () => void annunciator.want(state), onLooked: () => undefined },
    voice: {
      voice: { keyed: new Set(), hold: () => undefined, turn: () => undefined, cutTurn: () => undefined },
      sayingOf: (message) => ({ message, text: 'x', file: null, track: null }),
    },
  });
  await annunciator.look();
  annunciator.want(state);
  annunciator.explain();
  annunciator.start();
  await clock.advance(16_000);
  expect([levels.get(one), levels.get(two)]).toEqual([false, true]);
  await clock.advance(4_500);
  expect([levels.get(one), levels.get(two)]).toEqual([true, true]);
});
