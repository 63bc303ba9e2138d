import { describe, expect, test } from 'vitest';
import { StoreError } from '../../sync/journal/store.js';
import { type Report, UplinkError } from '../../sync/uplink.js';
import { ListJournal, rig as newRig, Rig } from './pump-rig.js';
import { entry, ObedientUplink } from './rig.js';

/** A centre whose topic for operations is forbidden to us. */
class PickyUplink extends ObedientUplink {
  refuses: (report: Report) => boolean = ({ entry }) => entry.class === null;
  refusals = 0;
  readonly took: string[] = [];

  override send(report: Report): Promise<void> {
    this.sent.push(report);
    if (this.refuses(report)) {
      this.refusals += 1;
      return Promise.reject(refused);
    }
    this.took.push(report.entry.id);
    return Promise.resolve();
  }
}

const refused = new UplinkError('UPLINK-005', 'uplink district');
const lost = new UplinkError('UPLINK-003', 'uplink district');

describe('a pump', () => {
  test('a fire overtakes a thousand queued rows [GB 26875.1-2011 4.1.2.3]', async () => {
    const rig = newRig();
    rig.journal.add('journal', 1_000);
    await rig.startUp();
    for (let n = 0; n < 30; n++) {
      rig.uplink.confirmNext();
      await rig.clock.advance(0);
    }
    const sentBefore = rig.uplink.sent.length;
    rig.journal.add('fire', 1);
    rig.pump.wake();
    await rig.clock.advance(0);
    expect(rig.uplink.sentIds[sentBefore]).toBe('e1-boot1-1001');
  });

  test('rows that were just written are sent without being read, each once and in order, whatever was read meanwhile', async () => {
    const rig = newRig();
    rig.uplink.confirmsAtOnce = true;
    rig.journal.add('journal', 700);
    rig.pump.start();
    await rig.clock.advance(10);
    const write = async (count: number): Promise<void> => {
      const from = rig.journal.rows.length;
      rig.journal.add('journal', count);
      rig.journal.add('fire', count);
      rig.pump.wake(rig.journal.rows.slice(from));
      await rig.clock.advance(0);
    };
    await write(1); // far from the end
    rig.uplink.up();
    for (let n = 0; n < 10; n++) await write(2); // while it is read
    await rig.clock.advance(10);
    const { reads } = rig.journal;
    for (let n = 0; n < 10; n++) await write(3);
    rig.pump.wake(rig.journal.rows.slice(-6)); // told again
    await rig.clock.advance(10);
    expect(rig.journal.reads).toBe(reads);
    const sentOf = (lane: string) =>
      rig.uplink.sent.filter(({ entry }) => entry.lane === lane).map(({ entry }) => entry.id);
    for (const lane of ['fire', 'journal']) {
      expect(sentOf(lane)).toEqual(rig.journal.rows.filter((row) => row.lane === lane).map(({ id }) => id));
    }
    expect(rig.pump.lane('journal')?.queued).toBe(0);
  });

  test('at most 20 are unconfirmed, and 4 of them are kept for fire', async () => {
    const rig = newRig();
    rig.journal.add('journal', 200);
    await rig.startUp();
    for (let n = 0; n < 40; n++) {
      rig.uplink.confirmNext();
      await rig.clock.advance(0);
      expect(rig.uplink.open.length).toBeLessThanOrEqual(16);
    }
    expect(rig.uplink.open).toHaveLength(16);
    rig.journal.add('fire', 50);
    rig.pump.wake();
    await rig.clock.advance(0);
    expect(rig.uplink.open).toHaveLength(20);
    expect(rig.uplink.open.filter(({ report }) => report.entry.lane === 'fire')).toHaveLength(4);
  });

  test('a broker that allows only one message at a time still gets everything', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink(1));
    rig.journal.add('journal', 3);
    rig.journal.add('fire', 3);
    await rig.startUp();
    await rig.confirmAll();
    expect(rig.uplink.sentIds.map((id) => id.slice(-1))).toEqual(['4', '5', '6', '1', '2', '3'].map(String));
  });

  test('other lanes never have more than 64 kB on their way, and begin with 4 kB', async () => {
    const rig = newRig();
    rig.journal.add('journal', 200, { detail: { text: 'x'.repeat(9_000) } });
    await rig.startUp();
    expect(rig.uplink.open).toHaveLength(1);
    for (let n = 0; n < 50; n++) {
      rig.uplink.confirmNext();
      await rig.clock.advance(0);
      expect(rig.uplink.open.length).toBeLessThanOrEqual(6);
    }
    expect(rig.uplink.open).toHaveLength(6);
  });

  test('on a slow link the bytes ahead of a fire shrink', async () => {
    const rig = newRig();
    rig.journal.add('journal', 500, { detail: { text: 'x'.repeat(1_000) } });
    await rig.startUp();
    for (let n = 0; n < 50; n++) {
      rig.uplink.confirmNext();
      await rig.clock.advance(0);
    }
    expect(rig.uplink.open.length).toBe(16);
    for (let n = 0; n < 30; n++) {
      await rig.clock.advance(5_000);
      rig.uplink.confirmNext();
      await rig.clock.advance(0);
    }
    expect(rig.uplink.open.length).toBeLessThanOrEqual(3);
  });

  test('the position moves only over a run of confirmed rows', async () => {
    const rig = newRig();
    rig.journal.add('fire', 5);
    await rig.startUp();
    const [first, ...others] = rig.uplink.open.splice(0);
    for (const { confirm } of others) confirm();
    await rig.clock.advance(10_000);
    expect(rig.journal.positionOf('fire')).toBe(0);
    expect(rig.carried).toHaveLength(4);
    first?.confirm();
    await rig.clock.advance(10_000);
    expect(rig.journal.positionOf('fire')).toBe(5);
  });

  test('killed and started again it sends at most what was unconfirmed, under the same ids', async () => {
    const journal = new ListJournal();
    const first = new Rig(journal, new ObedientUplink());
    journal.add('journal', 60);
    await first.startUp();
    for (let n = 0; n < 30; n++) {
      first.uplink.confirmNext();
      await first.clock.advance(0);
    }
    await first.clock.advance(10_000);
    const confirmed = new Set(first.carried.map(({ entryId }) => entryId));
    const second = new Rig(journal, new ObedientUplink());
    await second.startUp();
    await second.confirmAll();
    expect(second.uplink.sentIds).toHaveLength(30);
    expect(second.uplink.sentIds.some((id) => confirmed.has(id))).toBe(false);
    expect(new Set([...first.uplink.sentIds, ...second.uplink.sentIds]).size).toBe(60);
  });

  test('what was under way when the link went is sent again, in order, when it is back', async () => {
    const rig = newRig();
    rig.journal.add('fire', 5);
    await rig.startUp();
    rig.uplink.confirmNext();
    await rig.clock.advance(0);
    rig.uplink.down(lost);
    await rig.clock.advance(100);
    expect(rig.uplink.sent).toHaveLength(5);
    rig.uplink.up();
    await rig.clock.advance(0);
    expect(rig.uplink.sentIds.slice(5)).toEqual(rig.uplink.sentIds.slice(1, 5));
    expect(rig.news).toEqual(['up', 'UPLINK-003', 'up']);
  });

  test('a row the centre refuses is tried again with back-off and holds up nobody', async () => {
    const rig = newRig();
    rig.journal.add('fire', 3);
    await rig.startUp();
    rig.uplink.open.shift()?.refuse(refused);
    await rig.confirmAll();
    await rig.clock.advance(400);
    expect(rig.uplink.sent).toHaveLength(3);
    await rig.clock.advance(700);
    expect(rig.uplink.sentIds[3]).toBe(rig.uplink.sentIds[0]);
    expect([0, 3].map((n) => rig.uplink.sent[n]).map((each) => each?.durable === true && each.isOvertaken)).toEqual([
      false,
      true,
    ]);
    rig.uplink.open.shift()?.refuse(refused);
    await rig.clock.advance(900);
    expect(rig.uplink.sent).toHaveLength(4);
    await rig.clock.advance(1_200);
    await rig.confirmAll();
    await rig.clock.advance(10_000);
    expect(rig.journal.positionOf('fire')).toBe(3);
  });

  test('a message that can never be carried is passed over, counted and told', async () => {
    const rig = newRig();
    rig.journal.add('journal', 2);
    await rig.startUp();
    rig.uplink.open.shift()?.refuse(new UplinkError('UPLINK-006', 'uplink district'));
    await rig.confirmAll();
    await rig.clock.advance(10_000);
    expect(rig.news).toEqual(['up', 'e1-boot1-1 UPLINK-006 1']);
    expect(rig.journal.positionOf('journal')).toBe(2);
  });

  test('a fire from memory is sent at once with no disk at all, and again, durable, under the same id', async () => {
    const rig = newRig();
    rig.journal.positions = null;
    await rig.startUp();
    const late = entry('e1', 1);
    rig.pump.offerFromMemory(late);
    await rig.clock.advance(0);
    await rig.confirmAll();
    rig.journal.positions = [];
    rig.journal.add('fire', 1);
    rig.pump.wake();
    await rig.clock.advance(0);
    await rig.confirmAll();
    expect(rig.carried.map(({ entryId, durable }) => [entryId, durable])).toEqual([
      [late.id, false],
      [late.id, true],
    ]);
  });

  test('a fire from memory that finds no link waits, and goes from the journal once it is there', async () => {
    const rig = newRig();
    rig.pump.start();
    rig.pump.offerFromMemory(entry('e1', 1));
    rig.pump.offerFromMemory(entry('e1', 99));
    await rig.clock.advance(10_000);
    rig.journal.add('fire', 1);
    rig.pump.wake();
    await rig.clock.advance(0);
    rig.uplink.up();
    await rig.clock.advance(0);
    expect(rig.uplink.sent.map((report) => [report.entry.id, report.durable])).toEqual([
      ['e1-boot1-99', false],
      ['e1-boot1-1', true],
    ]);
  });

  test('of too many reports from memory the oldest that is not fire goes, told as passed over', async () => {
    const rig = newRig();
    rig.pump.start();
    rig.pump.offerFromMemory(entry('e1', 1));
    for (let n = 2; n <= 10_001; n++) rig.pump.offerFromMemory(entry('e1', n, { class: 'fault', lane: 'journal' }));
    expect(rig.news).toEqual(['e1-boot1-2 UPLINK-008 1']);
    expect([rig.pump.owesFire, rig.pump.waiting]).toMatchObject([true, { fire: 1, others: 9_999 }]);
    rig.uplink.up();
    await rig.clock.advance(0);
    rig.uplink.confirmNext();
    await rig.clock.advance(0);
    expect([rig.uplink.sentIds[0], rig.pump.owesFire]).toEqual(['e1-boot1-1', false]);
  });

  test('a fire from memory that is refused is tried again', async () => {
    const rig = newRig();
    await rig.startUp();
    rig.pump.offerFromMemory(entry('e1', 1));
    await rig.clock.advance(0);
    rig.uplink.open.shift()?.refuse(refused);
    await rig.clock.advance(1_100);
    expect(rig.uplink.sent).toHaveLength(2);
  });

  test('a journal that can not be read is asked again, with back-off', async () => {
    const rig = newRig();
    rig.journal.error = new StoreError('STORE-005');
    rig.journal.add('fire', 1);
    await rig.startUp();
    await rig.clock.advance(10_000);
    expect(rig.uplink.sent).toEqual([]);
    rig.journal.error = null;
    await rig.clock.advance(60_000);
    expect(rig.uplink.sent).toHaveLength(1);
  });
});

describe('a pump whose centre refuses some rows', () => {
  const fires = (rig: Rig): string[] => rig.journal.rows.filter((row) => row.class === 'fire').map(({ id }) => id);

  test.each([1, 2, 5])(
    '300 fires, each with %i refused rows, are all told, and nothing refused is dropped',
    async (each) => {
      const uplink = new PickyUplink();
      const rig = new Rig(new ListJournal(), uplink);
      await rig.startUp();
      for (let n = 0; n < 300; n++) {
        rig.journal.add('fire', 1);
        rig.journal.addOperations(each);
        rig.pump.wake();
        await rig.clock.advance(100);
      }
      expect(new Set(uplink.took)).toEqual(new Set(fires(rig)));
      expect(rig.journal.positionOf('fire')).toBe(1);
      expect(rig.news).toEqual(['up', 'refused UPLINK-005']);
      uplink.refuses = () => false;
      await rig.clock.advance(120_000);
      expect(new Set(uplink.took)).toEqual(new Set(rig.journal.rows.map(({ id }) => id)));
      expect(rig.journal.positionOf('fire')).toBe(rig.journal.rows.length);
      expect(rig.news).toEqual(['up', 'refused UPLINK-005', 'refused no more']);
    },
  );

  test('a new fire goes before older rows of its lane', async () => {
    const rig = new Rig(new ListJournal(), new ObedientUplink(1));
    rig.journal.addOperations(3);
    rig.journal.add('fire', 1);
    await rig.startUp();
    await rig.confirmAll();
    expect(rig.uplink.sentIds.map((id) => id.slice(-1))).toEqual(['4', '1', '2', '3']);
  });

  test('what is refused for hours costs at most one message a second', async () => {
    const uplink = new PickyUplink();
    const rig = new Rig(new ListJournal(), uplink);
    rig.journal.addOperations(400);
    await rig.startUp();
    await rig.clock.advance(1_000);
    const before = uplink.refusals;
    await rig.clock.advance(600_000);
    expect(uplink.refusals - before).toBeLessThanOrEqual(601);
  });

  test('rows of the journal lane that are refused stop neither lane', async () => {
    const uplink = new PickyUplink();
    uplink.refuses = ({ entry }) => entry.detail['bad'] === true;
    const rig = new Rig(new ListJournal(), uplink);
    rig.journal.add('journal', 700, { detail: { bad: true } });
    rig.journal.add('journal', 100);
    rig.journal.add('fire', 10);
    await rig.startUp();
    await rig.clock.advance(10_000);
    expect(uplink.took).toHaveLength(110);
    expect(rig.journal.positionOf('journal')).toBe(0);
  });

  test('a connection that is made anew does not tell a refusal as over', async () => {
    const uplink = new PickyUplink();
    const rig = new Rig(new ListJournal(), uplink);
    rig.journal.addOperations(30);
    await rig.startUp();
    uplink.down(lost);
    uplink.up();
    await rig.clock.advance(10_000);
    expect(rig.news).toEqual(['up', 'refused UPLINK-005', 'UPLINK-003', 'up']);
  });

  test('with no disk, a fire from memory goes past refused reports from memory', async () => {
    const uplink = new PickyUplink();
    const rig = new Rig(new ListJournal(), uplink);
    rig.journal.positions = null;
    await rig.startUp();
    for (let n = 1; n <= 50; n++) rig.pump.offerFromMemory(entry('e1', n, { class: null, kind: 'output.proven' }));
    await rig.clock.advance(10);
    rig.pump.offerFromMemory(entry('e1', 51));
    await rig.clock.advance(10);
    expect(uplink.took).toEqual(['e1-boot1-51']);
  });
});

describe('a pump without a link', () => {
  class RestingUplink extends ObedientUplink {
    hurries = 0;
    hurry(): void {
      this.hurries += 1;
    }
  }

  test.each<[string, (rig: Rig) => void, boolean]>([
    ['a fire in the journal', (rig) => rig.journal.add('fire', 1), true],
    ['a fire from memory', (rig) => rig.pump.offerFromMemory(entry('e1', 1)), true],
    ['an operation', (rig) => rig.journal.addOperations(1), false],
    ['a fault', (rig) => rig.journal.add('journal', 1), false],
  ])('%s: it asks the uplink to hurry only for a fire, and after each failed try', async (_name, add, isAsked) => {
    const uplink = new RestingUplink();
    const rig = new Rig(new ListJournal(), uplink);
    rig.pump.start();
    await rig.clock.advance(10);
    expect(uplink.hurries).toBe(0);
    add(rig);
    rig.pump.wake();
    await rig.clock.advance(10);
    expect(uplink.hurries > 0).toBe(isAsked);
    const before = uplink.hurries;
    uplink.down(lost);
    expect(uplink.hurries > before).toBe(isAsked);
  });
});
