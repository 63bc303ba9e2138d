/** Journal core, pump and a centre together, wired as the gateway wires them. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import { JournalCore } from '../../sync/journal/journal-core.js';
import { StoreError } from '../../sync/journal/store.js';
import { Pump } from '../../sync/pump.js';
import { fault, fire, MoodyStore, ObedientUplink, seeded, tempDir } from './rig.js';

function rig(store = new MoodyStore(), seed = 1) {
  const clock = new SimClock();
  const uplink = new ObedientUplink();
  uplink.confirmsAtOnce = true;
  const carried: { entryId: string; durable: boolean }[] = [];
  const core = new JournalCore({
    ...{ store, clock, random: seeded(seed) },
    events: {
      onDurable: () => pump.wake(),
      onLate: (entry) => pump.offerFromMemory(entry),
      onState: () => undefined,
      onRestored: () => undefined,
      onLost: () => undefined,
    },
  });
  const pump = new Pump({
    ...{ uplink, journal: core, clock, random: seeded(seed + 1) },
    events: {
      onCarried: ({ entryId, durable }) => carried.push({ entryId, durable }),
      onDown: () => undefined,
      onUp: () => undefined,
    },
  });
  const start = async (): Promise<void> => {
    const started = core.start();
    await clock.advance(2_000);
    await started;
    pump.start();
    uplink.up();
    await clock.advance(1);
  };
  const add = (draft = fire()) => core.append({ drafts: [draft], facets: [] })[0]?.id ?? '';
  return { clock, core, pump, uplink, store, carried, start, add };
}

test.each([
  ['hangs', 'hangs' as const],
  ['is full', new StoreError('STORE-003')],
])(
  'when the disk %s, a fire is with the centre after 2 s, and again, durable, once the disk is well',
  async (_name, mood) => {
    const r = rig();
    await r.start();
    r.carried.length = 0;
    r.store.mood = mood;
    const id = r.add();
    r.add(fault());
    await r.clock.advance(2_050);
    expect(r.carried).toEqual([{ entryId: id, durable: false }]);
    await r.clock.advance(60_000);
    expect(r.carried).toHaveLength(1);
    r.store.wakeUp();
    await r.clock.advance(60_000);
    expect(r.carried.filter(({ entryId }) => entryId === id)).toEqual([
      { entryId: id, durable: false },
      { entryId: id, durable: true },
    ]);
    expect(r.carried).toHaveLength(3);
  },
);

test('with no disk from the start, a fire is with the centre all the same [GB 26875.1-2011 4.1.2.1]', async () => {
  const r = rig();
  r.store.mood = new StoreError('STORE-001');
  await r.start();
  const id = r.add();
  await r.clock.advance(2_050);
  expect(r.carried).toEqual([{ entryId: id, durable: false }]);
});

test('a gateway that is killed and started again carries everything, and every fact under one id', async () => {
  const path = join(tempDir(), 'journal.db');
  const sent: string[] = [];
  const made: string[] = [];
  for (let life = 1; life <= 5; life++) {
    const r = rig(new MoodyStore(new InlineStore(path)), life);
    await r.start();
    for (let n = 0; n < 50; n++) made.push(r.add(n % 5 === 0 ? fire() : fault()));
    await r.clock.advance(life === 5 ? 5_000 : 700); // nothing is stopped in order
    sent.push(...r.uplink.sentIds);
    await r.store.inner.close();
  }
  expect(made.every((id) => sent.includes(id))).toBe(true);
  expect(new Set(sent).size).toBe(made.length + 1);
});
