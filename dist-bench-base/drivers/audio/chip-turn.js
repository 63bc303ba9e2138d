/**
 * One order to a chip and what becomes of it: told until it is taken, then awaited to its end. Replies are hints: a chip may
 * answer late, twice, garbled or never, and what it was told is still heard in the village.
 *
 *   told ─ taken ─▶ sounding ─ quiet, or time is over ─▶ done          sounding ─ restarted ─▶ told again
 *     ├─ refused ─▶ told again after a pause ─▶ VOICE-004, VOICE-002
 *     └─ no answer ─▶ stopped, told again ─▶ left to play blindly ─▶ VOICE-003
 */
import { DriverError } from '../driver-error.js';
import { pauseUnless } from './signal-wait.js';
/** Tries at a chip that does not answer, and at one that refuses or still starts. */
const silentTriesMax = 3;
const refusedTriesMax = 8;
const refusedPauseFirstMs = 100;
const refusedPauseCapMs = 500;
/** State questions in a row that must be answered alike. */
const asksMax = 2;
/** An end that is told too early counts when it was said so often, so far apart. */
const earlyEndsMax = 3;
const earlyEndGapMs = 150;
/** Resolves when the order was carried out to its end. Rejects with VOICE-002, -003, -004, LINK-… or the signal's reason. */
export async function carryOut(chip, order, signal) {
    const isHopeless = chip.isMute || chip.isTaciturn;
    for (let attempt = 1;; attempt++) {
        await order.prepare(signal);
        await chip.tell(order.bytes, signal);
        let answer = await answerTo(chip, signal);
        if (answer === 'taken')
            answer = await untilEnd(chip, order, signal);
        if (answer === 'taken')
            return;
        if (answer === 'silent') {
            const triesMax = isHopeless ? 1 : chip.mayBeStarting ? refusedTriesMax : silentTriesMax;
            if (attempt >= triesMax)
                return playBlindly(chip, order, signal);
            // Nobody knows what it does now.
            await quieten(chip, signal, 1);
            continue;
        }
        if (typeof answer === 'object' && answer.why === 'missing')
            throw failure(chip, 'VOICE-002', order, answer.code);
        if (attempt >= refusedTriesMax) {
            const got = typeof answer === 'object' ? answer.code : 'it restarts again and again';
            throw failure(chip, 'VOICE-004', order, got);
        }
        const pauseMs = Math.min(refusedPauseCapMs, refusedPauseFirstMs * 2 ** (attempt - 1));
        await pauseUnless(chip.clock, pauseMs, signal);
    }
}
/** Tells it to be quiet, and again until it says that it is. False: it never did. */
export async function quieten(chip, signal, triesMax) {
    const { codec } = chip;
    for (let attempt = 1; attempt <= triesMax; attempt++) {
        await chip.tell(codec.stop, signal);
        if (codec.isProvenByState)
            await chip.tell(codec.askState, signal);
        const isQuiet = await isSaid(chip, signal, codec.isProvenByState ? ['quiet'] : ['quiet', 'accepted']);
        if (isQuiet)
            return true;
    }
    return false;
}
/** Asks for its state. False: no answer, however often it was asked. */
export async function isThere(chip, signal) {
    for (let ask = 1; ask <= asksMax || chip.mayBeStarting; ask++) {
        await chip.tell(chip.codec.askState, signal);
        if ((await chip.next(chip.sentMono + chip.codec.answerMs, signal)) !== null)
            return true;
    }
    return false;
}
/** Waits for an answer to the order that was just told; a chip that gives none is asked what it does. */
export async function answerTo(chip, signal) {
    const { answersOrders, isProvenByState } = chip.codec;
    const answer = answersOrders ? await heardAnswer(chip, signal) : 'silent';
    if (answer !== 'silent' || !isProvenByState)
        return answer;
    let said = 'silent';
    for (let ask = 1; ask <= asksMax; ask++) {
        await chip.tell(chip.codec.askState, signal);
        const reply = await chip.next(chip.sentMono + chip.codec.answerMs, signal);
        if (reply?.kind === 'sounding')
            return 'taken';
        if (reply?.kind === 'ready')
            return 'restarted';
        if (reply?.kind === 'refused')
            return reply;
        if (reply !== null)
            said = { kind: 'refused', why: 'other', code: 'it stays quiet' };
    }
    return said;
}
async function heardAnswer(chip, signal) {
    const untilMono = chip.sentMono + chip.codec.answerMs;
    for (;;) {
        const reply = await chip.next(untilMono, signal);
        if (reply === null)
            return 'silent';
        if (reply.kind === 'refused')
            return reply;
        if (reply.kind === 'accepted')
            return 'taken';
        if (reply.kind === 'sounding' && chip.codec.isProvenByState)
            return 'taken';
        if (reply.kind === 'ready')
            return 'restarted';
    }
}
/** An end that was told may belong to what was cut off before, or be said twice; so an early one is asked about. A chip that
 * took the order and then falls silent has played it, as far as anybody can know. */
async function untilEnd(chip, order, signal) {
    const takenMono = chip.clock.mono();
    const limitMono = takenMono + order.limitMs;
    let askMono = takenMono + order.askAfterMs;
    let early = 0;
    let countsFromMono = takenMono;
    for (;;) {
        const reply = await chip.next(Math.min(askMono, limitMono), signal);
        const nowMono = chip.clock.mono();
        if (reply === null) {
            if (nowMono >= limitMono)
                return endNow(chip, signal);
            await chip.tell(chip.codec.askState, signal);
            askMono = nowMono + (early > 0 ? earlyEndGapMs : order.askEveryMs);
        }
        else if (reply.kind === 'ready')
            return 'restarted';
        else if (reply.kind === 'refused' && reply.why === 'missing')
            return reply;
        else if (reply.kind === 'sounding') {
            early = 0;
            askMono = Math.max(takenMono + order.askAfterMs, nowMono + order.askEveryMs);
        }
        else if (reply.kind === 'quiet' && nowMono >= takenMono + order.soonestMs)
            return 'taken';
        else if (reply.kind === 'quiet' && nowMono >= countsFromMono) {
            if (++early >= earlyEndsMax)
                return 'taken';
            countsFromMono = nowMono + earlyEndGapMs;
            askMono = countsFromMono;
        }
    }
}
/** A text ends by itself; a track may be of any length, or be played over and over. */
async function endNow(chip, signal) {
    if (chip.codec.isProvenByState)
        await chip.tell(chip.codec.stop, signal);
    return 'taken';
}
async function playBlindly(chip, order, signal) {
    chip.markMute();
    // A clone that answers nothing may still tell the end, and has then played.
    const soonestMono = chip.clock.mono() + order.soonestMs;
    const limitMono = chip.clock.mono() + order.blindMs;
    for (;;) {
        const reply = await chip.next(limitMono, signal);
        if (reply === null)
            break;
        if (reply.kind === 'quiet' && chip.clock.mono() >= soonestMono)
            return chip.markTaciturn();
    }
    throw failure(chip, 'VOICE-003', order, null);
}
async function isSaid(chip, signal, kinds) {
    const untilMono = chip.sentMono + chip.codec.answerMs;
    for (;;) {
        const reply = await chip.next(untilMono, signal);
        if (reply === null || reply.kind === 'sounding')
            return false;
        if (kinds.includes(reply.kind))
            return true;
    }
}
function failure(chip, code, order, got) {
    return new DriverError(code, `${chip.where} ${order.about}`, got);
}
