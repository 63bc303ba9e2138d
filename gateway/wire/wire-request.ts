/** What `gengfu read`, `watch` and `write` ask a running gateway over its control socket, and what it answers. */
import { z } from 'zod';
import type { BadReason } from '../../config/reading.js';
import type { Words } from '../../config/vocabulary.js';
import { userName } from '../command/exercise-order.js';

/** A question of a person takes the line for no longer than one of the gateway's own: so many registers, or bits, at once. */
export const readMax = { registers: 16, bits: 64 } as const;
const namesMax = 64;

const id = z.string().min(1).max(200);
const register = z.int().min(0).max(0xffff);
const place = { line: id, unit: z.int().min(0).max(255) };
/** How the person agreed: asked at the terminal, `--yes`, or `--yes --i-know`. */
const how = z.enum(['asked', 'yes', 'i-know']);
export type Consent = z.infer<typeof how>;

export const wireRequests = [
  /** The points of these devices, or these points, as the gateway last saw them. */
  z.strictObject({ ask: z.literal('wire-points'), names: z.array(id).min(1).max(namesMax) }),
  /** Registers or bits, asked for now. */
  z.strictObject({
    ask: z.literal('wire-read'),
    ...place,
    table: z.enum(['coil', 'discrete', 'input', 'holding']),
    address: register,
    count: z.int().min(1).max(readMax.bits),
  }),
  /** One register or coil. */
  z.strictObject({
    ask: z.literal('wire-write'),
    ...place,
    table: z.enum(['coil', 'holding']),
    address: register,
    value: register,
    how,
    user: userName,
  }),
  /** An action of a unit's profile. */
  z.strictObject({ ask: z.literal('wire-act'), device: id, action: z.string().min(1).max(32), how, user: userName }),
] as const;
export type WireRequest = z.infer<(typeof wireRequests)[number]>;
export type WireRead = Extract<WireRequest, { ask: 'wire-read' }>;
export type WireWrite = Extract<WireRequest, { ask: 'wire-write' }>;
export type WireAct = Extract<WireRequest, { ask: 'wire-act' }>;

export type WireRefusal =
  | 'unknown-line'
  | 'not-modbus'
  | 'unknown-device'
  | 'unknown-action'
  | 'too-many'
  | 'busy'
  | 'broadcast'
  | 'forbidden'
  | 'function'
  | 'bad-value'
  | 'moving'
  | 'action'
  | 'output'
  | 'needs-asking'
  | 'needs-state'
  | 'not-seen';

export type WireAnswer =
  | { readonly wire: 'points'; readonly points: readonly WirePoint[]; readonly unknown: readonly string[] }
  | { readonly wire: 'values'; readonly values: readonly number[] }
  | WireWritten
  | WireFailed
  | WireRefused;

/** What was written, and what stood there before and after; null: it can not be read. */
export interface WireWritten {
  readonly wire: 'written';
  readonly before: number | null;
  readonly after: number | null;
  /** The unit confirmed the write. For an action: its proof was seen, where it has one. */
  readonly isConfirmed: boolean;
  /** It was seen to have happened: read back as written, or the state of the action came. Null: nothing shows it. */
  readonly isProven: boolean | null;
}

/** The unit did not answer, or refused. */
export interface WireFailed {
  readonly wire: 'failed';
  /** BUS-001 and the like. */
  readonly code: string;
  readonly why: Words;
}

export interface WireRefused {
  readonly wire: 'refused';
  readonly reason: WireRefusal;
  readonly why: Words;
}

/** One point as it was last seen. */
export interface WirePoint {
  readonly point: string;
  readonly name: Words;
  /** A number in `unit`, or the key of a state; null while it is bad or was never seen. */
  readonly value: number | string | null;
  /** The state as people call it. */
  readonly state: Words | null;
  readonly unit: string | null;
  readonly quality: 'good' | 'bad' | 'unseen';
  readonly reason: BadReason | null;
  /** Since when nobody has looked again, ms; null: never seen. */
  readonly ageMs: number | null;
}

export function isWireRequest(request: { readonly ask: string }): request is WireRequest {
  return request.ask.startsWith('wire-');
}
