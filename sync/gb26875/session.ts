/**
 * One link to a centre of GB/T 26875.3-2011, as a pure machine: what happens goes in, what is to be done comes out.
 *
 *   closed ──connected──▶ greeting ──confirmed──▶ up        `closed` comes from anywhere, after `close` or by itself
 *                  └──── no handshake ────────────▲
 *
 * Each of our exchanges: sent ──confirmed──▶ done; ──no word in time, or denied──▶ sent again with its serial, `resends` times ──▶ failed.
 * Fires wait for no other exchange, and go again before all others. The standard leaves open what a failed exchange means for the link:
 * here it is given up when the centre has said nothing at all meanwhile.
 */
import { answered, asked, counting, denies, fullReplies, sanjiangAsk, sanjiangReply } from './centre-asks.js';
import { begin, confirmed, denied, exchangeDueMono, exchangeOf, mayBegin, resendDue } from './exchanges.js';
import { type GbFrame, gbCommands } from './frame-types.js';
import type {
  GbEffect,
  GbExchange,
  GbInput,
  GbSession,
  GbSessionRules,
  GbShort,
  GbStep,
  GbTo,
} from './session-types.js';

const empty = new Uint8Array(0);
const never = Number.NEGATIVE_INFINITY;

export function newSession(): GbSession {
  return {
    ...{
      phase: 'closed',
      nextSerial: 0,
      outstanding: [],
      repliesOwed: 0,
      heartbeatMono: Number.POSITIVE_INFINITY,
      heardMono: never,
    },
    ...{ dealtWith: [], replies: fullReplies },
    orderedMono: { 'duty-check': never, clock: never, initialise: never },
    counted: { bad: 0, foreign: 0, unknown: 0, malformed: 0, refused: 0, duplicate: 0, unexpected: 0, flood: 0 },
  };
}

/** When `due` is to come; Infinity: nothing waits for its time. */
export function dueMono(session: GbSession): number {
  return session.phase === 'closed'
    ? Number.POSITIVE_INFINITY
    : Math.min(exchangeDueMono(session), session.heartbeatMono);
}

export function step(session: GbSession, rules: GbSessionRules, input: GbInput, nowMono: number): GbStep {
  if (input.kind === 'connected') return connected(session, rules, input.login, nowMono);
  if (session.phase === 'closed') return same(session);
  switch (input.kind) {
    case 'frame':
      return cameFrame({ ...session, heardMono: nowMono }, rules, input, nowMono);
    case 'short':
      return cameShort({ ...session, heardMono: nowMono }, rules, input.short, nowMono);
    case 'bad':
      return denies(session, replyTo(input.head), 'bad', nowMono);
    case 'send': {
      // Whoever sends asks `mayBegin` first; what comes in spite of it never was on its way.
      if (!mayBegin(session, rules, input.isFire)) return { state: session, effects: [lost(input.id)] };
      return begin(
        session,
        rules,
        { purpose: input.isFire ? 'fire' : 'report', id: input.id, adu: input.adu },
        nowMono,
      );
    }
    case 'answer':
      return answered(session, input.to, input.adu);
    case 'due':
      return due(session, rules, nowMono);
    case 'closed':
      return closed(session);
  }
}

function connected(session: GbSession, rules: GbSessionRules, login: Uint8Array | null, nowMono: number): GbStep {
  // What the centre asked over another link is of another exchange.
  const { state: fresh, effects } = closed(session);
  const state = { ...fresh, dealtWith: [] };
  const { handshake } = rules;
  if (handshake === 'none') {
    const step = up(state, rules, nowMono);
    return { state: step.state, effects: [...effects, ...step.effects] };
  }
  const adu = handshake === 'sanjiang' ? sanjiangAsk : (login ?? empty);
  const step = begin({ ...state, phase: 'greeting' }, rules, { purpose: 'greeting', id: null, adu }, nowMono);
  return { state: step.state, effects: [...effects, ...step.effects] };
}

function up(session: GbSession, { heartbeat, heartbeatMs }: GbSessionRules, nowMono: number): GbStep {
  const heartbeatMono = heartbeat === 'none' ? Number.POSITIVE_INFINITY : nowMono + heartbeatMs;
  return { state: { ...session, phase: 'up', heartbeatMono }, effects: [{ kind: 'up' }] };
}

/** Everything under way is lost; the serial goes on, so that what is sent again is a new packet. */
function closed(session: GbSession): GbStep {
  const effects = session.outstanding.flatMap(({ id }) => (id === null ? [] : [lost(id)]));
  const state: GbSession = {
    ...session,
    ...{ phase: 'closed', outstanding: [], repliesOwed: 0, heartbeatMono: Number.POSITIVE_INFINITY, heardMono: never },
  };
  return { state, effects };
}

function cameFrame(
  session: GbSession,
  rules: GbSessionRules,
  input: Extract<GbInput, { kind: 'frame' }>,
  nowMono: number,
): GbStep {
  const { frame } = input;
  switch (frame.command) {
    case gbCommands.confirm:
    case gbCommands.deny: {
      const exchange = isForUs(frame, rules) ? exchangeOf(session, frame.serial) : null;
      if (exchange === null) return { state: counting(session, 'unexpected'), effects: [] };
      if (frame.command === gbCommands.deny) return denied(session, rules, exchange, nowMono);
      return cameConfirm(session, rules, exchange, frame.adu, nowMono);
    }
    // We ask nothing that is answered.
    case gbCommands.answer:
      return { state: counting(session, 'unexpected'), effects: [] };
    default:
      if (session.phase !== 'up')
        return denies(session, { serial: frame.serial, destination: frame.source }, 'refused', nowMono);
      return asked(session, rules, input, nowMono);
  }
}

function cameConfirm(
  session: GbSession,
  rules: GbSessionRules,
  exchange: GbExchange,
  adu: Uint8Array,
  nowMono: number,
): GbStep {
  const isGreeting = exchange.purpose === 'greeting';
  const isWrong = isGreeting && rules.handshake === 'sanjiang' && (adu.length !== 1 || adu[0] !== sanjiangReply[0]);
  if (isWrong) return { state: counting(session, 'unexpected'), effects: [] };
  const step = confirmed(session, exchange);
  return isGreeting ? up(step.state, rules, nowMono) : step;
}

/**
 * A reply of fixed bytes names no exchange, and a wrong guess would lose a fire. Replies come in the order of what they answer: first those
 * that tries of exchanges which are over are still owed, then that to a sign of life, then that to the oldest. One that was held for owed while
 * something else waited may have been its own, so that a reply that never comes does not delay everything for ever.
 */
function cameShort(session: GbSession, rules: GbSessionRules, short: GbShort, nowMono: number): GbStep {
  if (rules.heartbeat !== 'fuan') return { state: counting(session, 'bad'), effects: [] };
  if (short === 'alive') return { state: session, effects: [{ kind: 'short', short: 'reply' }] };
  const { outstanding, repliesOwed } = session;
  if (repliesOwed > 0) {
    const passed = outstanding.map((each) => ({ ...each, passedBy: each.passedBy + 1 }));
    return same({ ...session, outstanding: passed, repliesOwed: repliesOwed - 1 });
  }
  const meant = outstanding.find(({ purpose }) => purpose === 'heartbeat') ?? outstanding[0];
  if (meant === undefined) return same(session);
  const owed = { ...session, repliesOwed: Math.max(0, meant.tries - 1 - meant.passedBy) };
  return cameConfirm(owed, rules, meant, empty, nowMono);
}

function due(session: GbSession, rules: GbSessionRules, nowMono: number): GbStep {
  const resent = resendDue(session, rules, nowMono);
  if (session.phase !== 'up' || nowMono < session.heartbeatMono || resent.effects.some(({ kind }) => kind === 'close'))
    return resent;
  const state = { ...resent.state, heartbeatMono: nowMono + rules.heartbeatMs };
  // One that is not confirmed yet says the same; where replies name nothing, anything that is not confirmed does.
  const isShort = rules.heartbeat === 'fuan';
  if (state.outstanding.some(({ purpose }) => isShort || purpose === 'heartbeat'))
    return { state, effects: resent.effects };
  const adu = rules.heartbeat === 'sanjiang' ? sanjiangAsk : empty;
  const beat = begin(state, rules, { purpose: 'heartbeat', id: null, adu }, nowMono);
  return { state: beat.state, effects: [...resent.effects, ...beat.effects] };
}

/** Answers are not denied, or two denials would go to and fro for ever. */
function replyTo(head: Extract<GbInput, { kind: 'bad' }>['head']): GbTo | null {
  const answers: readonly number[] = [gbCommands.confirm, gbCommands.answer, gbCommands.deny];
  return head === null || answers.includes(head.command) ? null : { serial: head.serial, destination: head.source };
}

/** Centres that send our own frame back with another command, or leave the addresses empty, are common. */
function isForUs({ source, destination }: GbFrame, { address, centreAddress }: GbSessionRules): boolean {
  const isOurs = isSame(destination, address) || destination.every((byte) => byte === 0);
  return isOurs || (isSame(source, address) && isSame(destination, centreAddress));
}

function isSame(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}

function lost(id: number): GbEffect {
  return { kind: 'failed', id, why: 'lost' };
}

function same(state: GbSession): GbStep {
  return { state, effects: [] };
}
