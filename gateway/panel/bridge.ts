/**
 * What the watch and the panel say to each other: the panel is a thread of its own, so that whatever hangs, floods or breaks there
 * never holds up an alarm. Messages are plain data. The watch posts and forgets; the panel asks with a number and is answered once.
 */
import type { CommissioningView } from './api/commissioning.js';
import type { HistoryEntry } from './api/history.js';
import type { PanelAnswer, PanelOrder } from './api/orders.js';
import type { Household, SiteInfo } from './api/site.js';
import type { PanelState, Patch } from './api/state.js';

/** Who orders, as the panel's session knows them: `panel:<user>`, or `panel` at the box's own screen. */
export interface PanelOrderer {
  readonly origin: string;
  readonly level: 1 | 2 | 3;
}

/** Watch → panel. */
export type ToPanel =
  /** At the start, and when another site file runs. */
  | { readonly kind: 'site'; readonly site: SiteInfo; readonly households: readonly Household[] }
  /** All of it: at the start, after another site file, and when the panel has asked for it. */
  | { readonly kind: 'state'; readonly state: PanelState }
  | { readonly kind: 'patches'; readonly patches: readonly Patch[] }
  | { readonly kind: 'answer'; readonly ask: number; readonly answer: PanelAnswer }
  | { readonly kind: 'doctor'; readonly ask: number; readonly facts: Readonly<Record<string, unknown>> }
  /** `view` null: it still is the one that was named. */
  | {
      readonly kind: 'commissioning';
      readonly ask: number;
      readonly serial: number;
      readonly view: CommissioningView | null;
    }
  /** An entry as it is stamped; for metrics. */
  | { readonly kind: 'entry'; readonly entryKind: HistoryEntry['kind']; readonly class: HistoryEntry['class'] }
  /** Ends in order. */
  | { readonly kind: 'stop' };

/** Panel → watch. */
export type FromPanel =
  /** `madeMono`: by `sharedMono`, when it was asked; what waited too long before a watch that was held up is refused. */
  | {
      readonly kind: 'order';
      readonly ask: number;
      readonly order: PanelOrder;
      readonly by: PanelOrderer;
      readonly madeMono: number;
    }
  | { readonly kind: 'doctor'; readonly ask: number }
  /** How the commissioning stands; `after`: the one that is known. */
  | { readonly kind: 'commissioning'; readonly ask: number; readonly after: number | null }
  | { readonly kind: 'state' }
  /** Somebody signed in or out, was refused, or changed a user: journaled with the name (kinds `user.*`). */
  | { readonly kind: 'note'; readonly what: UserNote }
  /** It listens; `url` for people, and what their browsers show of the certificate (SHA-256; left out: no TLS). */
  | { readonly kind: 'listening'; readonly url: string; readonly fingerprint?: string }
  /**
   * It could not listen there, or not with the certificate that was given. `isServedHere`: the box's own screen is served all the same, and the
   * panel goes on trying; `listening` follows when it has come about.
   */
  | {
      readonly kind: 'refused';
      readonly error: { readonly zh: string; readonly en: string };
      readonly isServedHere?: boolean;
    }
  /** It lives; every 2 s. */
  | { readonly kind: 'beat'; readonly streams: number };

export interface UserNote {
  readonly is:
    | 'signed-in'
    | 'signed-out'
    | 'refused'
    | 'throttled'
    | 'user-set'
    | 'user-removed'
    /** The file of users (or tokens) can not be read and counts no more; `user`: its name. */
    | 'file-damaged'
    | 'token-made'
    | 'token-removed'
    | 'map-changed';
  readonly user: string;
  /** Who did it, where that is somebody else; address of the browser, never a password. */
  readonly by: string | null;
  readonly from: string;
  /** It stands for so many that came in a storm, from anywhere; left out: one. */
  readonly count?: number;
}

/** What the panel's thread is started with. */
export interface PanelSettings {
  /** `127.0.0.1` until somebody has a password, whatever the site file says. */
  readonly bind: string;
  readonly port: number;
  /** Host names of the site file, in lower case; the box's own come on top. */
  readonly names: readonly string[];
  readonly tls:
    | { readonly kind: 'none' }
    | { readonly kind: 'own' }
    | { readonly kind: 'files'; readonly cert: string; readonly key: string };
  /** Of the site: users.json, tokens.json, map.json, images/, tls/ are in `<dataDir>/panel`. */
  readonly dataDir: string;
  readonly journal: string;
  /** Built page. */
  readonly pageDir: string;
  /** Of an idle session above level I, ms. */
  readonly idleMs: number;
}
