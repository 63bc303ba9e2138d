/** What the session machine of GB/T 26875.3 is told, what it says, and what it remembers. */
import type { GbDialect } from '../../config/site-telling.js';
import type { GbAdu, GbFrame, GbTime } from './frame-types.js';

export interface GbSessionRules {
  /** Six bytes each, as they go over the wire. */
  readonly address: readonly number[];
  readonly centreAddress: readonly number[];
  /** 6.2 of the standard: at most 10 s, and 3 resends advised; both free. */
  readonly timeoutMs: number;
  readonly resends: number;
  /** Exchanges below fire that may be unconfirmed at once. */
  readonly outstandingMax: number;
  readonly heartbeat: GbDialect['heartbeat'];
  readonly heartbeatMs: number;
  readonly handshake: GbDialect['handshake'];
  readonly takesDutyChecks: boolean;
  readonly maySetClock: boolean;
  readonly mayInitialise: boolean;
}

/** A frame without what the sender adds at that moment: version, time tag, source. */
export type GbSent = Pick<GbFrame, 'serial' | 'destination' | 'command' | 'adu'>;

/** Whom an answer goes to, and of which exchange it is. */
export type GbTo = Pick<GbSent, 'serial' | 'destination'>;

/** 赋安 FSCN8001: two fixed byte strings that are no frames of the standard. */
export type GbShort = 'alive' | 'reply';

export type GbInput =
  /** `login`: the data unit of handshake `login`; null for the others. */
  | { readonly kind: 'connected'; readonly login: Uint8Array | null }
  /** `adu` null: there is none, or it is not as the standard has it. */
  | { readonly kind: 'frame'; readonly frame: GbFrame; readonly adu: GbAdu | null }
  | { readonly kind: 'short'; readonly short: GbShort }
  /** Wrong sum, end mark or length, or a reserved command. `head`: as it stood there, if so much came; not to be relied on. */
  | { readonly kind: 'bad'; readonly head: Pick<GbFrame, 'serial' | 'source' | 'command'> | null }
  /** Only when `mayBegin` says so. `id`: as `confirmed` and `failed` name it. */
  | { readonly kind: 'send'; readonly id: number; readonly adu: Uint8Array; readonly isFire: boolean }
  /** To a `read`; null: nothing is there that could be answered. */
  | { readonly kind: 'answer'; readonly to: GbTo; readonly adu: Uint8Array | null }
  /** The moment of `dueMono`. */
  | { readonly kind: 'due' }
  | { readonly kind: 'closed' };

/** What a centre orders without a signature, within limits and rights. */
export type GbOrder =
  | { readonly kind: 'duty-check'; readonly withinMs: number }
  | { readonly kind: 'clock'; readonly time: GbTime }
  | { readonly kind: 'initialise' };

/** `denied`: the last resend was denied as well. `silent`: no word of it, though the centre says other things. `lost`: the link went. */
export type GbFailure = 'denied' | 'silent' | 'lost';

export type GbEffect =
  | { readonly kind: 'send'; readonly frame: GbSent }
  | { readonly kind: 'short'; readonly short: GbShort }
  /** Reports may be sent. */
  | { readonly kind: 'up' }
  | { readonly kind: 'confirmed'; readonly id: number }
  | { readonly kind: 'failed'; readonly id: number; readonly why: GbFailure }
  /** Let go of the link: the centre said nothing for all resends, or refused the handshake. `closed` follows. */
  | { readonly kind: 'close'; readonly why: 'silent' | 'refused' }
  /** Confirmed already. */
  | { readonly kind: 'order'; readonly order: GbOrder }
  /** Read this from the site, and come back with `answer`. */
  | { readonly kind: 'read'; readonly to: GbTo; readonly adu: GbAdu };

/** What came and was not acted on. */
export const gbCounted = [
  'bad',
  'foreign',
  'unknown',
  'malformed',
  'refused',
  'duplicate',
  'unexpected',
  'flood',
] as const;
export type GbCounted = (typeof gbCounted)[number];

export type GbPurpose = 'greeting' | 'heartbeat' | 'fire' | 'report';

/** One of ours, sent and not confirmed. */
export interface GbExchange {
  readonly purpose: GbPurpose;
  /** Null: nobody waits for it. */
  readonly id: number | null;
  readonly serial: number;
  readonly adu: Uint8Array;
  readonly firstSentMono: number;
  /** How often it was sent. */
  readonly tries: number;
  /** Short replies that came while it was under way and were taken for replies to older tries, and denials of it. */
  readonly passedBy: number;
  /** Sent again, or given up, then. */
  readonly dueMono: number;
}

/** An order or a read that was dealt with: the same again is answered alike, and not acted on. */
export interface GbDealtWith {
  readonly serial: number;
  readonly adu: Uint8Array;
  readonly atMono: number;
  readonly isConfirmed: boolean;
}

export interface GbSession {
  readonly phase: 'closed' | 'greeting' | 'up';
  /** Of our next exchange: from 0 when the link is first made, over reconnects, 65 535 → 0. */
  readonly nextSerial: number;
  readonly outstanding: readonly GbExchange[];
  /** Short replies that may still come to tries of exchanges that are over, confirmed or given up. */
  readonly repliesOwed: number;
  /** Infinity: none is due. */
  readonly heartbeatMono: number;
  /** When the centre last said anything that could be read. */
  readonly heardMono: number;
  readonly dealtWith: readonly GbDealtWith[];
  readonly replies: { readonly tokens: number; readonly filledMono: number };
  readonly orderedMono: Readonly<Record<GbOrder['kind'], number>>;
  readonly counted: Readonly<Record<GbCounted, number>>;
}

export interface GbStep {
  readonly state: GbSession;
  readonly effects: readonly GbEffect[];
}
