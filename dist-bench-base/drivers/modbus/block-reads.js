/** Exceptions that may come from the joining: function, address, number of registers, failure (Modbus Application Protocol
 * V1.1b3, 7). Busy units and gateways without a path say something else. */
const joinExceptions = [1, 2, 3, 4].map((code) => `exception ${code}`);
/** A block that was left unanswered so often in a row is mute, and no accident. */
const muteAfterMisses = 3;
/** A mute block of a unit that answers otherwise is passed over in fewer rounds than this before it costs a time-out again. */
const passedOverMax = 32;
/**
 * Reads the blocks in their order. A unit that has not answered yet costs one time-out: the round ends, and the next begins
 * behind that block, so that no block stands before the others for ever. In a round that was answered each block is asked
 * for, whatever becomes of the others; only what stays mute is passed over ever longer, and counts as unanswered. Never
 * rejects.
 */
export function readBlocks(blocks, asker) {
    return readAll(blocks, { asker, isThere: false, frame: 0 });
}
/** A refusal is an answer; everything else that is not a value is none. */
export function isRefusal(error) {
    return error.code === 'BUS-002';
}
/** The error of a round: a silence weighs more than a refusal. Null when every block was answered well. */
export function errorOfReads(reads) {
    const errors = reads.flatMap(({ answer }) => (answer.ok ? [] : [answer.error]));
    return errors.find((error) => !isRefusal(error)) ?? errors[0] ?? null;
}
async function readAll(blocks, round) {
    const [only] = blocks;
    if (only !== undefined && blocks.length === 1)
        return passedOver(only, round) ?? readOne(only, round);
    const reads = [];
    const unasked = [];
    const asked = [];
    for (const block of blocks) {
        if (!round.isThere && reads.length > 0)
            unasked.push(block);
        else {
            const done = passedOver(block, round) ?? (await readOne(block, round));
            reads.push(...done.reads);
            asked.push(...done.plan);
        }
    }
    return { reads, plan: [...unasked, ...asked].sort((a, b) => muteness(a) - muteness(b)) };
}
/** A mute block whose turn has not come; null when it is to be asked for. */
function passedOver(planned, { isThere }) {
    const { missed } = planned;
    if (missed === undefined || missed.passOver === 0 || !isThere)
        return null;
    return {
        reads: [{ block: planned, answer: missed.answer }],
        plan: [{ ...planned, missed: { ...missed, passOver: missed.passOver - 1 } }],
    };
}
async function readOne(planned, round) {
    const { missed, ...bare } = planned;
    // The same object while all is well: who asks may know it again.
    const block = missed === undefined ? planned : bare;
    const answer = await round.asker.ask(block);
    const whole = { reads: [{ block, answer }], plan: [block] };
    if (!isAnswered(answer))
        return { reads: whole.reads, plan: [missedAgain(block, missed, answer, round)] };
    round.isThere = true;
    if (answer.ok)
        round.frame = answer.frame;
    if (answer.ok || !joinExceptions.includes(answer.error.got))
        return whole;
    const halves = round.asker.halves(block);
    if (halves === null)
        return whole;
    const apart = await readAll(halves, round);
    if (apart.reads.some(({ answer: each }) => each.ok))
        return apart;
    const mute = apart.reads.find(({ answer: each }) => !isAnswered(each));
    if (mute === undefined)
        round.asker.onUseless(block);
    const plan = mute === undefined ? block : missedAgain(block, missed, mute.answer, round);
    return { reads: apart.reads, plan: [plan] };
}
function missedAgain(block, missed, answer, round) {
    const times = (missed?.times ?? 0) + 1;
    return { ...block, missed: { times, passOver: passOverAfter(times, round), answer } };
}
/** Ever longer, and not in step with other units of the same kind. Of a unit that says nothing no block is worse than another. */
function passOverAfter(times, { isThere, frame }) {
    if (!isThere || times < muteAfterMisses)
        return 0;
    const most = Math.min(passedOverMax, 2 ** (times - muteAfterMisses + 1));
    return most / 2 + (frame % (most / 2));
}
function muteness({ missed }) {
    return Math.min(missed?.times ?? 0, muteAfterMisses);
}
function isAnswered(answer) {
    return answer.ok || isRefusal(answer.error);
}
