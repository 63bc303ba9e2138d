/** Who somebody is at the panel: the gate that the server asks, put together. Lives in the panel's thread. */
import type { Clock } from '../../../../drivers/clock.js';
import type { Me } from '../../api/session.js';
import type { PanelSettings, UserNote } from '../../bridge.js';
import type { Caller, Done, Handled, PeopleGate, Who } from '../people-gate.js';
import type { Refusal } from '../refusal.js';
import { bindOf, isOwnScreen, loopback } from './bind.js';
import { BrowserMarks } from './browser-mark.js';
import { cookieLine, readCookie } from './cookies.js';
import { HashTurns } from './hash-turns.js';
import { NoteMeasure, unknownUser } from './note-measure.js';
import { type HashCost, type Random, usualCost } from './password-hash.js';
import * as refusals from './people-refusals.js';
import { type Session, Sessions } from './sessions.js';
import { SignIn } from './sign-in.js';
import { Throttle } from './throttle.js';
import { TokenDesk } from './token-desk.js';
import { isTouch } from './touch.js';
import { UserDesk } from './user-desk.js';

export interface PeopleOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: Pick<PanelSettings, 'bind' | 'dataDir' | 'idleMs'>;
  /** To the watch, which journals it. */
  readonly note: (note: UserNote) => void;
  /** `bind()` is another now: listen there. */
  readonly onBind: () => void;
  readonly cost?: HashCost;
}

export interface People {
  readonly gate: PeopleGate;
  /** Where to listen now. */
  bind(): string;
  stop(): Promise<void>;
}

export async function openPeople(options: PeopleOptions): Promise<People> {
  const people = new PeopleOfPanel(options);
  await people.open();
  return people;
}

class PeopleOfPanel implements People, PeopleGate {
  readonly gate: PeopleGate = this;
  readonly #users: UserDesk;
  readonly #tokens: TokenDesk;
  readonly #sessions: Sessions;
  readonly #marks: BrowserMarks;
  readonly #notes: NoteMeasure;
  readonly #signIn: SignIn;
  #bound = loopback;

  constructor(private readonly options: PeopleOptions) {
    const { clock, random, settings, cost = usualCost } = options;
    const { dataDir, idleMs } = settings;
    const turns = new HashTurns();
    const throttle = new Throttle(clock);
    this.#notes = new NoteMeasure(clock, options.note);
    const note = (each: UserNote): void => this.#notes.tell(each);
    this.#sessions = new Sessions(clock, random, idleMs);
    this.#marks = new BrowserMarks(random);
    this.#users = new UserDesk({
      ...{ clock, random, dataDir, turns, cost, note },
      isStill: (who) => this.isStill(who),
      onChange: () => this.#lookAtBind(),
      onUserChanged: (user) => {
        this.#sessions.endOf(user);
        throttle.forget(user);
      },
    });
    this.#tokens = new TokenDesk({ clock, random, dataDir, note });
    this.#signIn = new SignIn({ random, turns, cost, throttle, users: this.#users, note });
  }

  async open(): Promise<void> {
    await Promise.all([this.#users.open(), this.#tokens.open()]);
    this.#bound = this.bind();
  }

  async stop(): Promise<void> {
    this.#notes.stop();
    await Promise.all([this.#users.stop(), this.#tokens.stop()]);
  }

  bind(): string {
    return bindOf(this.options.settings.bind, this.#users.users.length);
  }

  #lookAtBind(): void {
    const bind = this.bind();
    if (bind === this.#bound) return;
    this.#bound = bind;
    this.options.onBind();
  }

  who(caller: Caller): Who {
    if (/^Bearer /i.test(caller.authorization ?? '')) return this.#ofToken(caller);
    const isOwn = isOwnScreen(caller);
    const session = this.#sessions.find(readCookie(caller.cookie, 'session', caller.isTls));
    if (session === null) return this.#unsigned(caller, isOwn);
    if (isTouch(caller)) this.#sessions.touch(session);
    return ofSession(session, isOwn);
  }

  isStill(who: Who): boolean {
    if (who.session === null) return true;
    return who.isToken ? this.#tokens.isStill(who.session) : this.#sessions.withKey(who.session) !== null;
  }

  async me(caller: Caller, who: Who): Handled<Me> {
    const session = who.session === null || who.isToken ? null : this.#sessions.withKey(who.session);
    if (who.isToken || session !== null) return this.#meOf(who, session, []);
    const gone = readCookie(caller.cookie, 'session', caller.isTls) === null ? [] : [this.#noSession(caller)];
    const mark = readCookie(caller.cookie, 'mark', caller.isTls);
    if (this.#marks.isMark(mark)) return this.#meOf(this.#unsigned(caller, who.isOwnScreen), null, gone);
    const made = this.#marks.newMark();
    const marked = { ...this.#unsigned(caller, who.isOwnScreen), csrf: this.#marks.wordOf(made) };
    return this.#meOf(marked, null, [...gone, cookieLine('mark', made, caller.isTls)]);
  }

  async signIn(caller: Caller, who: Who, body: { user: string; password: string }): Handled<Me> {
    const tried = await this.#signIn.tryNow(caller, who, body);
    return tried.kind === 'refused' ? tried : this.#begin(caller, who, tried.user);
  }

  async signOut(caller: Caller, who: Who): Handled<Me> {
    const session = who.session === null || who.isToken ? null : this.#sessions.withKey(who.session);
    if (session !== null) {
      this.#sessions.end(session);
      this.#notes.tell({ is: 'signed-out', user: session.user, by: null, from: caller.address });
    }
    return this.me(caller, this.#unsigned(caller, isOwnScreen(caller)));
  }

  async setup(caller: Caller, who: Who, body: { user: string; level: number; password: string }): Handled<Me> {
    if (!who.isOwnScreen) return refusals.onlyHere();
    const refusal = await this.#users.set(body, who, caller.address, true);
    if (refusal !== null) return refusal;
    const user = this.#users.find(body.user);
    return user === null ? refusals.busy() : this.#begin(caller, who, user);
  }

  async users(): Handled<ReturnType<UserDesk['infos']>> {
    return done(this.#users.infos());
  }

  async setUser(caller: Caller, who: Who, body: { user: string; level: number; password: string }) {
    return this.#answer(await this.#users.set(body, who, caller.address, false), () => this.#users.infos());
  }

  async removeUser(caller: Caller, who: Who, user: string) {
    return this.#answer(await this.#users.remove(user, who, caller.address), () => this.#users.infos());
  }

  async tokens(): Handled<ReturnType<TokenDesk['infos']>> {
    return done(this.#tokens.infos());
  }

  async makeToken(caller: Caller, who: Who, name: string): Handled<{ name: string; token: string }> {
    const made = await this.#tokens.make(name, who, caller.address);
    return 'kind' in made ? made : done({ name, token: made.token });
  }

  async removeToken(caller: Caller, who: Who, name: string) {
    return this.#answer(await this.#tokens.remove(name, who, caller.address), () => ({}));
  }

  #answer<Value>(refusal: Refusal | null, value: () => Value): Done<Value> | Refusal {
    return refusal ?? done(value());
  }

  #begin(caller: Caller, who: Who, { user, level }: { user: string; level: 1 | 2 | 3 }): Done<Me> {
    const before = who.session === null || who.isToken ? null : this.#sessions.withKey(who.session);
    if (before !== null) this.#sessions.end(before);
    const isOwn = isOwnScreen(caller);
    const { id, session } = this.#sessions.begin({ user, level, isOwnScreen: isOwn });
    this.#notes.tell({ is: 'signed-in', user, by: null, from: caller.address });
    return this.#meOf(ofSession(session, isOwn), session, [cookieLine('session', id, caller.isTls)]);
  }

  #meOf(who: Who, session: Session | null, cookies: readonly string[]): Done<Me> {
    const { user, level, isOwnScreen: isOwn, csrf } = who;
    const endsWall = session === null ? null : this.#sessions.endsWall(session);
    const { needsSetup } = this.#users;
    return done({ user, level, isOwnScreen: isOwn, csrf: csrf ?? '', endsWall, needsSetup }, cookies);
  }

  #noSession({ isTls }: Caller): string {
    return cookieLine('session', null, isTls);
  }

  #unsigned({ cookie, isTls }: Caller, isOwn: boolean): Who {
    return {
      ...{ level: isOwn ? 1 : 0, user: null, origin: 'panel', isOwnScreen: isOwn, isToken: false, session: null },
      csrf: this.#marks.wordOf(readCookie(cookie, 'mark', isTls)),
    };
  }

  /** Whoever shows a token is what the token is, also at the own screen; a wrong one is nobody. */
  #ofToken({ authorization, address }: Caller): Who {
    const token = this.#tokens.find(authorization);
    const common = { isOwnScreen: false, isToken: true, csrf: null };
    if (token !== null)
      return { ...common, level: 1, user: token.name, origin: `token:${token.name}`, session: token.sha256 };
    this.#notes.tell({ is: 'refused', user: unknownUser, by: null, from: address });
    return { ...common, level: 0, user: null, origin: 'token', session: null };
  }
}

function ofSession({ user, level, csrf, key }: Session, isOwn: boolean): Who {
  return { level, user, origin: `panel:${user}`, isOwnScreen: isOwn, isToken: false, csrf, session: key };
}

function done<Value>(value: Value, cookies: readonly string[] = []): Done<Value> {
  return { kind: 'done', value, cookies };
}
