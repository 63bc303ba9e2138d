/** The people of a panel on the virtual clock, in a folder of their own; requests are made up, and browsers keep their cookies. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { UserNote } from '../../gateway/panel/bridge.js';
import { type HashCost, hashPassword } from '../../gateway/panel/server/people/password-hash.js';
import { openPeople, type People } from '../../gateway/panel/server/people/people.js';
import type { Caller, Done, Who } from '../../gateway/panel/server/people-gate.js';
import type { Refusal } from '../../gateway/panel/server/refusal.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';

/** Hashes of tests are not to be guessed at by anybody. */
export const cheap: HashCost = { n: 16, r: 1, p: 1 };
export const password = '井边的老槐树下';
export const goodPassword = `${password}三棵枣`;
export const idleMs = 10 * 60_000;
const realWaitMs = 5_000;

export interface PeopleRig {
  readonly clock: SimClock;
  readonly dataDir: string;
  readonly notes: UserNote[];
  /** Where the panel would listen, each time it was told to look. */
  readonly binds: string[];
  readonly people: People;
  /** Another start of the panel on the same files. */
  again(): Promise<PeopleRig>;
}

export async function peopleRig(dataDir = newFolder()): Promise<PeopleRig> {
  const clock = new SimClock();
  const notes: UserNote[] = [];
  const binds: string[] = [];
  let here: People | null = null;
  const people = await openPeople({
    ...{ clock, random: randomBytes, cost: cheap },
    settings: { bind: '0.0.0.0', dataDir, idleMs },
    note: (note) => notes.push(note),
    onBind: () => binds.push(here?.bind() ?? '?'),
  });
  here = people;
  onTestFinished(() => people.stop());
  return { clock, dataDir, notes, binds, people, again: () => peopleRig(dataDir) };
}

const hash = await hashPassword(goodPassword, randomBytes, cheap);
const hashOfLi = await hashPassword(goodPassword, randomBytes, cheap);
export const staff = {
  version: 1,
  users: [
    { user: 'li', level: 2, createdWall: 1, password: hashOfLi },
    { user: 'wang', level: 3, createdWall: 1, password: hash },
  ],
};

/** One with users `li` (Ⅱ) and `wang` (Ⅲ) of the same password. */
export async function staffedRig(): Promise<PeopleRig> {
  const dataDir = newFolder();
  mkdirSync(join(dataDir, 'panel'), { mode: 0o700 });
  writeFileSync(join(dataDir, 'panel', 'users.json'), JSON.stringify(staff), { mode: 0o600 });
  return peopleRig(dataDir);
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gengfu-people-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Waits in real time for what files do in real time; virtual time stands. */
export async function settled(isTrue: () => boolean): Promise<void> {
  const endsAt = performance.now() + realWaitMs;
  while (!isTrue()) {
    if (performance.now() > endsAt) throw new Error(`not true after ${realWaitMs} ms`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly rig: PeopleRig,
    private readonly more: Partial<Caller> = {},
  ) {}

  caller(more: Partial<Caller> = {}): Caller {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    return {
      ...{ method: 'POST', path: '/api/v1/orders', address: '127.0.0.1', isLoopback: true, isTls: false },
      ...{ isForwarded: false, isTouched: false, host: '127.0.0.1:8080', authorization: null, userAgent: null },
      ...{ cookie: cookie === '' ? null : cookie, ...this.more, ...more },
    };
  }

  who(more: Partial<Caller> = {}): Who {
    return this.rig.people.gate.who(this.caller(more));
  }

  /** Keeps the cookies of an answer; throws a refusal. */
  async done<Value>(answer: Done<Value> | Refusal): Promise<Value> {
    if (answer.kind === 'refused') throw new Error(`${answer.status} ${answer.problem.code}`);
    for (const line of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (line.includes('Max-Age=0')) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return answer.value;
  }

  async me() {
    const asked = { method: 'GET', path: '/api/v1/me' };
    return this.done(await this.rig.people.gate.me(this.caller(asked), this.who(asked)));
  }

  /** Null: signed in; else the code of the refusal. */
  async signIn(user: string, word: string): Promise<string | null> {
    const answer = await this.rig.people.gate.signIn(this.caller(), this.who(), { user, password: word });
    if (answer.kind === 'refused') return answer.problem.code;
    await this.done(answer);
    return null;
  }

  async signOut() {
    return this.done(await this.rig.people.gate.signOut(this.caller(), this.who()));
  }

  async setup(user: string, level = 3) {
    return this.done(
      await this.rig.people.gate.setup(this.caller(), this.who(), { user, level, password: goodPassword }),
    );
  }
}

/** One on the village's network. */
export function phone(rig: PeopleRig, address = '192.168.1.20'): Browser {
  return new Browser(rig, { address, isLoopback: false, host: '192.168.1.5:8080' });
}
