/**
 * Who somebody is, as the server asks it: one question per request, before anything of it is read, and the handlers of the routes
 * that are about people. Everything here is told of a request in plain values, so that nobody but `app.ts` knows the web framework.
 */
import type { z } from 'zod';
import type { Me, setUser, signIn, userInfo } from '../api/session.js';
import type { PanelLevel } from '../api/words.js';
import type { Refusal } from './refusal.js';

/** What is known of a request before its body is read; all of it but `address` and `isTls` is outside text. */
export interface Caller {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Of the socket, never of a header: `127.0.0.1`, `::1`, `192.168.1.7`; IPv4 without `::ffff:`. */
  readonly address: string;
  /** The socket comes from this box itself. */
  readonly isLoopback: boolean;
  readonly isTls: boolean;
  /** A proxy had it in hands: `forwarded`, `x-forwarded-*`, `x-real-ip`, `via` … is there, or it speaks HTTP/1.0. Its socket address says nothing then. */
  readonly isForwarded: boolean;
  /** Somebody touched the page: `x-gengfu-touch` is there. The page sends it with a GET of `me`, once a minute at most, while somebody
   * only reads; everything that changes something counts as touched without it. */
  readonly isTouched: boolean;
  /** Headers as they came; null: there was none. */
  readonly host: string | null;
  readonly cookie: string | null;
  readonly authorization: string | null;
  readonly userAgent: string | null;
}

/** Who asks. */
export interface Who {
  readonly level: PanelLevel;
  /** Null: nobody has signed in. Of a token, its name. */
  readonly user: string | null;
  /** Of orders: `panel:<user>`, or `panel` at the box's own screen. */
  readonly origin: string;
  readonly isOwnScreen: boolean;
  /** A read-only token: it needs no CSRF, may only use routes that say so, and orders nothing. */
  readonly isToken: boolean;
  /** What `x-gengfu-csrf` must be for everything that changes something; also given to those who have not signed in yet. Null: a token. */
  readonly csrf: string | null;
  /** Key of the session, so that `isStill` can find it again; null: none. Never leaves the thread. */
  readonly session: string | null;
}

/** Done, with the `Set-Cookie` lines that go with it, whole. */
export interface Done<Value> {
  readonly kind: 'done';
  readonly value: Value;
  readonly cookies: readonly string[];
}
export type Handled<Value> = Promise<Done<Value> | Refusal>;
export type UserInfo = z.infer<typeof userInfo>;
export interface TokenInfo {
  readonly name: string;
  readonly createdWall: number;
}

/** Bodies were validated by the routes' shapes and the level was asked before any of these is called. */
export interface PeopleGate {
  /** At once, from memory. Whether a request keeps an idle session alive is decided here. */
  who(caller: Caller): Who;
  /** A live stream outlasts the session that opened it: asked every beat; false ends the stream. Keeps no session alive. */
  isStill(who: Who): boolean;
  me(caller: Caller, who: Who): Handled<Me>;
  signIn(caller: Caller, who: Who, body: z.infer<typeof signIn>): Handled<Me>;
  signOut(caller: Caller, who: Who): Handled<Me>;
  setup(caller: Caller, who: Who, body: z.infer<typeof setUser>): Handled<Me>;
  users(caller: Caller, who: Who): Handled<readonly UserInfo[]>;
  setUser(caller: Caller, who: Who, body: z.infer<typeof setUser>): Handled<readonly UserInfo[]>;
  removeUser(caller: Caller, who: Who, user: string): Handled<readonly UserInfo[]>;
  tokens(caller: Caller, who: Who): Handled<readonly TokenInfo[]>;
  makeToken(caller: Caller, who: Who, name: string): Handled<{ readonly name: string; readonly token: string }>;
  removeToken(caller: Caller, who: Who, name: string): Handled<Readonly<Record<string, never>>>;
}
