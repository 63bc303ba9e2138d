/** Our own exchanges: sent, confirmed, denied, sent again, given up (6.2 to 6.5 of GB/T 26875.3-2011). Pure. */
import { gbCommands } from './frame-types.js';
import type { GbEffect, GbExchange, GbPurpose, GbSession, GbSessionRules, GbStep } from './session-types.js';

/** A fire does not wait for the confirmation of anything else (GB 26875.1 4.1.2.3): so many frames of fire may be unconfirmed beside the rest. */
const fireOutstandingMax = 4;
/** A denied frame goes again after this: a centre that denies everything gets no storm. */
const deniedPauseMs = 500;
const serialCount = 0x1_0000;
/** Of a sign of life that is no frame: no answer names it. */
const noSerial = -1;

/** Whether `send` may come now. */
export function mayBegin(session: GbSession, rules: Pick<GbSessionRules, 'outstandingMax'>, isFire: boolean): boolean {
  if (session.phase !== 'up') return false;
  const purpose = isFire ? 'fire' : 'report';
  const underWay = session.outstanding.filter((each) => each.purpose === purpose).length;
  return underWay < (isFire ? fireOutstandingMax : rules.outstandingMax);
}

export function begin(
  session: GbSession,
  rules: GbSessionRules,
  what: { readonly purpose: GbPurpose; readonly id: number | null; readonly adu: Uint8Array },
  nowMono: number,
): GbStep {
  const isFrame = what.purpose !== 'heartbeat' || rules.heartbeat !== 'fuan';
  const serial = isFrame ? session.nextSerial : noSerial;
  const exchange: GbExchange = {
    ...what,
    ...{ serial, firstSentMono: nowMono, tries: 1, passedBy: 0, dueMono: nowMono + rules.timeoutMs },
  };
  const outstanding = [...session.outstanding, exchange];
  const nextSerial = isFrame ? (serial + 1) % serialCount : session.nextSerial;
  const state = { ...session, nextSerial, outstanding };
  return { state, effects: [sending(exchange, rules)] };
}

/** Ours that has this serial; null: none, or no longer. */
export function exchangeOf(session: GbSession, serial: number): GbExchange | null {
  return session.outstanding.find((each) => each.serial === serial) ?? null;
}

export function confirmed(session: GbSession, exchange: GbExchange): GbStep {
  const effects: GbEffect[] = exchange.id === null ? [] : [{ kind: 'confirmed', id: exchange.id }];
  return { state: without(session, exchange), effects };
}

/** Only a hint: the head of a frame with a wrong sum is not to be relied on, so it is sent again as after a time-out, only sooner. */
export function denied(session: GbSession, rules: GbSessionRules, exchange: GbExchange, nowMono: number): GbStep {
  // Whoever is refused at the door does not knock three times more: names get locked that way.
  if (exchange.purpose === 'greeting') return { state: session, effects: [{ kind: 'close', why: 'refused' }] };
  if (exchange.tries > rules.resends)
    return givenUp(session, { ...exchange, passedBy: exchange.passedBy + 1 }, 'denied');
  const dueMono = Math.min(exchange.dueMono, nowMono + deniedPauseMs);
  // A try that was denied is answered.
  const passedBy = exchange.passedBy + 1;
  return { state: replaced(session, exchange, { ...exchange, dueMono, passedBy }), effects: [] };
}

/** What is due goes again, fire first; after the last resend the exchange has failed. */
export function resendDue(session: GbSession, rules: GbSessionRules, nowMono: number): GbStep {
  const due = session.outstanding.filter((each) => each.dueMono <= nowMono);
  if (due.length === 0) return { state: session, effects: [] };
  const inOrder = [
    ...due.filter(({ purpose }) => purpose === 'fire'),
    ...due.filter(({ purpose }) => purpose !== 'fire'),
  ];
  let state = session;
  const effects: GbEffect[] = [];
  for (const exchange of inOrder) {
    if (exchange.tries <= rules.resends) {
      const again = { ...exchange, tries: exchange.tries + 1, dueMono: nowMono + rules.timeoutMs };
      state = replaced(state, exchange, again);
      effects.push(sending(again, rules));
      continue;
    }
    const step = givenUp(state, exchange, 'silent');
    state = step.state;
    effects.push(...step.effects);
    if (step.effects.some(({ kind }) => kind === 'close')) break;
  }
  return { state, effects };
}

export function exchangeDueMono(session: GbSession): number {
  return session.outstanding.reduce((first, { dueMono }) => Math.min(first, dueMono), Number.POSITIVE_INFINITY);
}

/** A centre that says other things is there: then only this exchange has failed. One that says nothing at all is not. */
function givenUp(session: GbSession, exchange: GbExchange, why: 'denied' | 'silent'): GbStep {
  const isThere = session.heardMono >= exchange.firstSentMono;
  if (!isThere || exchange.purpose === 'greeting')
    return { state: session, effects: [{ kind: 'close', why: 'silent' }] };
  const effects: GbEffect[] = exchange.id === null ? [] : [{ kind: 'failed', id: exchange.id, why }];
  // Where replies name nothing, those to its tries may still come, and are of nothing that is sent behind it.
  const repliesOwed = session.repliesOwed + Math.max(0, exchange.tries - exchange.passedBy);
  return { state: { ...without(session, exchange), repliesOwed }, effects };
}

function sending({ serial, adu }: GbExchange, { centreAddress: destination }: GbSessionRules): GbEffect {
  if (serial === noSerial) return { kind: 'short', short: 'alive' };
  return { kind: 'send', frame: { serial, destination, command: gbCommands.send, adu } };
}

function without(session: GbSession, exchange: GbExchange): GbSession {
  return { ...session, outstanding: session.outstanding.filter(({ serial }) => serial !== exchange.serial) };
}

function replaced(session: GbSession, exchange: GbExchange, by: GbExchange): GbSession {
  return { ...session, outstanding: session.outstanding.map((each) => (each === exchange ? by : each)) };
}
