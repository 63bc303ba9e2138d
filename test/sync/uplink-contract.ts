/**
 * What every uplink promises behind a pump, whatever it speaks: over an outage nothing is lost, each lane stays in order, fire goes
 * first, what comes twice is what was unconfirmed and has the same id, and stopping ends.
 */
import { describe, expect, test, vi } from 'vitest';
import type { Clock } from '../../drivers/clock.js';
import { Pump } from '../../sync/pump.js';
import type { Uplink } from '../../sync/uplink.js';
import { ListJournal } from './pump-rig.js';
import { seeded } from './rig.js';

export interface ContractCentre {
  readonly uplink: Uplink;
  readonly clock: Clock;
  /** Ids of entries as they came there, in order, each time; what cannot be expressed in its language is left out of the test. */
  heard(): readonly string[];
  /** Nothing gets through any more, and what is under way is lost. */
  cut(): void;
  mend(): void;
  /** From now on it takes everything and confirms nothing. */
  stall(): void;
}

const journalRows = 150;
const outageAt = 40;
const patient = { timeout: 20_000, interval: 2 };

/** @param startCentre is told how fast its clock goes. */
export function uplinkContract(name: string, startCentre: (speed: number) => Promise<ContractCentre>): void {
  const begin = async (speed: number) => {
    const centre = await startCentre(speed);
    const journal = new ListJournal();
    journal.add('journal', journalRows, { class: 'fault' });
    const { uplink, clock } = centre;
    const ups: boolean[] = [];
    const pump = new Pump({
      ...{ uplink, journal, clock, random: seeded(3) },
      events: { onCarried: () => undefined, onDown: () => ups.push(false), onUp: () => ups.push(true) },
    });
    pump.start();
    return { centre, journal, pump, ups };
  };

  describe(`${name} keeps the promises of an uplink`, () => {
    test('over an outage: nothing lost, each lane in order, the fire first, and twice only what was unconfirmed', async () => {
      const { centre, journal, pump, ups } = await begin(50);
      await vi.waitFor(() => expect(centre.heard().length).toBeGreaterThanOrEqual(outageAt), patient);
      centre.cut();
      const before = centre.heard().length;
      await vi.waitFor(() => expect(ups.at(-1)).toBe(false), patient);
      const fireAt = journal.rows.length;
      journal.add('fire', 3, { class: 'fire' });
      pump.wake(journal.rows.slice(fireAt));
      centre.mend();
      await vi.waitFor(() => expect(pump.lane('journal')?.queued).toBe(0), patient);
      await vi.waitFor(() => expect(pump.lane('fire')?.queued).toBe(0), patient);
      const heard = centre.heard();
      const once = [...new Set(heard)];
      const ids = (lane: string): string[] => journal.rows.filter((row) => row.lane === lane).map(({ id }) => id);
      for (const lane of ['fire', 'journal']) {
        const known = new Set(ids(lane));
        expect(once.filter((id) => known.has(id))).toEqual(ids(lane));
      }
      expect(heard.length - once.length).toBeLessThanOrEqual(2 * centre.uplink.windowMax);
      // What was asked for again to see whether it is back may come before it: no more than that.
      const firstFire = heard.indexOf(ids('fire')[0] ?? '');
      const newBefore = new Set(heard.slice(before, firstFire).filter((id) => !heard.slice(0, before).includes(id)));
      expect(newBefore.size).toBeLessThanOrEqual(centre.uplink.windowMax);
      await pump.stop();
    });

    test('stopping resolves within 2 s while the centre confirms nothing', async () => {
      const { centre, pump } = await begin(5);
      await vi.waitFor(() => expect(centre.heard().length).toBeGreaterThan(0), patient);
      centre.stall();
      const beganMono = centre.clock.mono();
      await centre.uplink.stop();
      expect(centre.clock.mono() - beganMono).toBeLessThanOrEqual(2_000 + stopSlackMs);
      await pump.stop();
    });
  });
}

/** Of a clock on which a real moment is five: what a busy computer adds. */
const stopSlackMs = 1_500;
