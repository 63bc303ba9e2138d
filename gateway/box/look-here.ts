/** This box, as the checks of the doctor are handed it. */
import { userInfo } from 'node:os';
import type { SiteConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { ReaderCaller } from '../../sync/journal/reader/reader-thread.js';
import type { DoctorFacts } from '../doctor/doctor-facts.js';
import { SystemView } from './box-view.js';
import { readLives } from './journal-lives.js';
import type { BoxLook } from './look.js';
import { systemOutside } from './outside.js';
import type { Patience } from './patience.js';
import { gatewayPerson, type Person } from './person.js';

/** Whoever reads the journal for the doctor may not keep it waiting, ms. */
const livesMaxMs = 2000;
/** The kernel tells soon whether somebody keeps the clock; the first answer of a clock comes before it, ms. */
const trustMaxMs = 150;

export interface HereOptions {
  readonly clock: Clock;
  readonly patience: Patience;
  readonly config: SiteConfig | null;
  readonly facts: DoctorFacts | null;
  readonly version: string;
  /** Null: nobody can read one. */
  readonly journal: ReaderCaller | null;
  readonly root?: string;
}

export async function lookHere(options: HereOptions): Promise<BoxLook> {
  const { clock, patience, config, facts, version, journal, root } = options;
  const view = new SystemView(patience, root);
  const asker = whoAsks();
  clock.trust();
  const [lives, person] = await Promise.all([
    journal === null ? [] : patience.within(readLives(journal), livesMaxMs),
    gatewayPerson(view, asker),
    new Promise<void>((resolve) => void clock.after(trustMaxMs, resolve)),
  ]);
  return {
    ...{ view, config, facts, version, person, asker },
    outside: systemOutside(clock, patience),
    wall: clock.wall(),
    trust: facts?.clock.trust ?? clock.trust(),
    lives: lives ?? [],
    pid: process.pid,
  };
}

function whoAsks(): Person {
  const uid = process.getuid?.() ?? 0;
  const gids = [process.getgid?.() ?? 0, ...(process.getgroups?.() ?? [])];
  return { name: nameOf(uid), uid, gids, isOfUnit: false };
}

function nameOf(uid: number): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${uid}`;
  }
}
