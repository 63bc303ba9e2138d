/**
 * What the centre sends of its own accord: orders (types 89 to 91), reads (61 to 68, 81 to 88), its sign of life. Every byte is hostile:
 * what is not as it should be is denied (6.5 of GB/T 26875.3-2011) or dropped, counted, and never acted on. Pure.
 */
import { type GbAdu, type GbFrame, gbCommands } from './frame-types.js';
import type {
  GbCounted,
  GbDealtWith,
  GbEffect,
  GbOrder,
  GbSession,
  GbSessionRules,
  GbStep,
  GbTo,
} from './session-types.js';

/** Confirmations, denials and answers together; what comes faster is dropped. */
const repliesPerS = 10;
const repliesBurst = 20;
/** The same order with the same serial within this is a resend: longer than 4 tries of 10 s, shorter than a person asks again. */
const resendMaxMs = 60_000;
/** Orders remembered; the oldest goes. */
const dealtWithMax = 16;
/** An order of one kind is acted on once in so long; what comes between is denied. */
const orderEveryMs: Readonly<Record<GbOrder['kind'], number>> = {
  'duty-check': 10_000,
  clock: 10_000,
  initialise: 60_000,
};
const minuteMs = 60_000;

export const fullReplies = { tokens: repliesBurst, filledMono: 0 };
/** Handshake and sign of life of 泛海三江: asked with the one, answered with the other. */
export const sanjiangAsk = Uint8Array.of(0x16);
export const sanjiangReply = Uint8Array.of(0x17);
const empty = new Uint8Array(0);

/** A frame that begins an exchange of the centre: control, request, data, or no known command. */
export function asked(
  session: GbSession,
  rules: GbSessionRules,
  { frame, adu }: { readonly frame: GbFrame; readonly adu: GbAdu | null },
  nowMono: number,
): GbStep {
  const to = { serial: frame.serial, destination: frame.source };
  if (!isSame(frame.destination, rules.address)) return denies(session, to, 'foreign', nowMono);
  const reply = signOfLife(frame, rules);
  if (reply !== null) return replies(session, to, gbCommands.confirm, reply, nowMono);
  const { command } = frame;
  if (command !== gbCommands.control && command !== gbCommands.request) return denies(session, to, 'unknown', nowMono);
  if (adu === null) return denies(session, to, 'malformed', nowMono);
  if (isRead(adu) && command === gbCommands.request) return reads(session, to, adu, nowMono);
  const order = orderOf(adu);
  if (order === null) return denies(session, to, adu.type === 91 || adu.type === 90 ? 'malformed' : 'unknown', nowMono);
  return ordered(session, rules, { to, adu: frame.adu, order }, nowMono);
}

/** The site's answer to a read; null: it has nothing to say. */
export function answered(session: GbSession, to: GbTo, adu: Uint8Array | null): GbStep {
  const frame = { ...to, command: adu === null ? gbCommands.deny : gbCommands.answer, adu: adu ?? empty };
  return { state: session, effects: [{ kind: 'send', frame }] };
}

/** Dropped or denied, and counted. Nobody denies a frame whose sender can not be told. */
export function denies(session: GbSession, to: GbTo | null, why: GbCounted, nowMono: number): GbStep {
  const state = counting(session, why);
  return to === null ? { state, effects: [] } : replies(state, to, gbCommands.deny, empty, nowMono);
}

export function counting(session: GbSession, what: GbCounted): GbSession {
  return { ...session, counted: { ...session.counted, [what]: session.counted[what] + 1 } };
}

function reads(session: GbSession, to: GbTo, adu: GbAdu, nowMono: number): GbStep {
  const state = taking(session, nowMono);
  return state === null
    ? { state: counting(session, 'flood'), effects: [] }
    : { state, effects: [{ kind: 'read', to, adu }] };
}

function ordered(
  session: GbSession,
  rules: GbSessionRules,
  { to, adu, order }: { readonly to: GbTo; readonly adu: Uint8Array; readonly order: GbOrder },
  nowMono: number,
): GbStep {
  const before = session.dealtWith.find((each) => isResend(each, to.serial, adu, nowMono));
  if (before !== undefined) {
    const command = before.isConfirmed ? gbCommands.confirm : gbCommands.deny;
    return replies(counting(session, 'duplicate'), to, command, empty, nowMono);
  }
  const isConfirmed = isAllowed(rules, order) && nowMono - session.orderedMono[order.kind] >= orderEveryMs[order.kind];
  const dealtWith = [...session.dealtWith, { serial: to.serial, adu, atMono: nowMono, isConfirmed }].slice(
    -dealtWithMax,
  );
  if (!isConfirmed) return denies({ ...session, dealtWith }, to, 'refused', nowMono);
  const step = replies(session, to, gbCommands.confirm, empty, nowMono);
  // Not confirmed for want of room: it comes again, and is acted on then.
  if (step.effects.length === 0) return step;
  const orderedMono = { ...session.orderedMono, [order.kind]: nowMono };
  return { state: { ...step.state, dealtWith, orderedMono }, effects: [...step.effects, { kind: 'order', order }] };
}

function replies(session: GbSession, to: GbTo, command: number, adu: Uint8Array, nowMono: number): GbStep {
  const state = taking(session, nowMono);
  if (state === null) return { state: counting(session, 'flood'), effects: [] };
  const effects: GbEffect[] = [{ kind: 'send', frame: { ...to, command, adu } }];
  return { state, effects };
}

/** One reply less; null: too many already. */
function taking(session: GbSession, nowMono: number): GbSession | null {
  const { tokens: left, filledMono } = session.replies;
  const tokens = Math.min(repliesBurst, left + ((nowMono - filledMono) * repliesPerS) / 1000);
  return tokens < 1 ? null : { ...session, replies: { tokens: tokens - 1, filledMono: nowMono } };
}

/** What it is confirmed with; null: it is none. */
function signOfLife({ command, adu }: GbFrame, { heartbeat, handshake }: GbSessionRules): Uint8Array | null {
  if (command !== gbCommands.send) return null;
  if (adu.length === 0) return empty;
  const isOfSanjiang = (heartbeat === 'sanjiang' || handshake === 'sanjiang') && isSame(adu, sanjiangAsk);
  return isOfSanjiang ? sanjiangReply : null;
}

/** Null: it is no order, or one that means nothing. Reads of orders in a request (command 4) exist in the field and are taken too. */
function orderOf(adu: GbAdu): GbOrder | null {
  if (adu.type === 89) return { kind: 'initialise' };
  if (adu.type === 90) {
    const time = adu.objects[0]?.time ?? null;
    return time === null ? null : { kind: 'clock', time };
  }
  if (adu.type !== 91) return null;
  const minutes = adu.objects[0]?.minutes ?? 0;
  return minutes === 0 ? null : { kind: 'duty-check', withinMs: minutes * minuteMs };
}

function isAllowed(rules: GbSessionRules, order: GbOrder): boolean {
  switch (order.kind) {
    case 'duty-check':
      return rules.takesDutyChecks;
    case 'clock':
      return rules.maySetClock;
    case 'initialise':
      return rules.mayInitialise;
  }
}

function isRead({ type }: GbAdu): boolean {
  return type !== 'other' && ((type >= 61 && type <= 68) || (type >= 81 && type <= 88));
}

function isResend(each: GbDealtWith, serial: number, adu: Uint8Array, nowMono: number): boolean {
  return each.serial === serial && nowMono - each.atMono < resendMaxMs && isSame(each.adu, adu);
}

function isSame(left: ArrayLike<number>, right: ArrayLike<number>): boolean {
  return left.length === right.length && Array.from(left).every((byte, at) => byte === right[at]);
}
