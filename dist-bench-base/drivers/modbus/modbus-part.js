import { errorOfReads, isRefusal, readBlocks } from './block-reads.js';
import { priorities } from './line-queue.js';
import { widthOf } from './raw-value.js';
import { isInside, planReads, splitBlock } from './read-plan.js';
/** A block that is refused whole and in pieces is asked for whole, and taken apart again only after this. */
const uselessForMs = 600_000;
/** The line was open and no answer came, or none that could be read: noise hides a unit, it does not close the line. */
const unansweredCodes = ['BUS-001', 'BUS-005', 'BUS-006'];
export class ModbusPart {
    options;
    rate;
    pointIds;
    #isFire;
    /** Its own points, each behind those it depends on. */
    #own;
    #sources;
    #blocks;
    #plannedAtReturn;
    /** Until when a block is not taken apart. */
    #uselessMono = new Map();
    constructor(options) {
        this.options = options;
        this.rate = options.rate;
        this.pointIds = options.points.map(({ point }) => point.id);
        this.#isFire = options.points.some(({ point }) => point.class === 'fire');
        this.#own = options.inOrder.filter((each) => options.points.includes(each));
        this.#sources = [...options.points, ...options.settings].map(({ source }) => source);
        this.#blocks = this.#plan(options.points);
        this.#plannedAtReturn = options.memory.returns;
    }
    async scan(look) {
        const { memory, settings, clock } = this.options;
        const began = memory.returns;
        const own = await this.#read(this.#blocksNow(), look);
        // What was refused in one request is asked for apart from now on, until the unit was away.
        if (began === memory.returns)
            this.#blocks = own.plan;
        const error = errorOfReads(own.reads);
        const isThere = error === null || isRefusal(error);
        const wanted = isThere ? settings.filter(({ point }) => memory.wants(point.id, clock.mono())) : [];
        // Their own part tells how they were read; here they only help.
        const along = wanted.length === 0 ? [] : (await this.#read(this.#plan(wanted), look)).reads;
        const reads = along.length === 0 ? own.reads : [...own.reads, ...along];
        return { error, readings: this.#readings(reads, error, wanted) };
    }
    #plan(points) {
        return planReads(points.map(({ source }) => source), this.options.unit.limits);
    }
    /** As planned at first when the unit has been away: it may be another one. */
    #blocksNow() {
        const { memory, points } = this.options;
        if (this.#plannedAtReturn !== memory.returns) {
            this.#plannedAtReturn = memory.returns;
            this.#blocks = this.#plan(points);
            this.#uselessMono.clear();
        }
        return this.#blocks;
    }
    #read(blocks, look) {
        const { unit, clock } = this.options;
        return readBlocks(blocks, {
            ask: (block) => this.#ask(block, look),
            halves: (block) => {
                const isUseless = (this.#uselessMono.get(keyOf(block)) ?? Number.NEGATIVE_INFINITY) > clock.mono();
                return isUseless ? null : splitBlock(block, this.#sources, unit.limits);
            },
            onUseless: (block) => this.#uselessMono.set(keyOf(block), clock.mono() + uselessForMs),
        });
    }
    async #ask(block, look) {
        const { unit, line, memory, clock } = this.options;
        const { table, address, count } = block;
        const priority = look === 'second' ? priorities.secondLook : this.#priorityOf(block);
        const answer = await line.request(unit, priority, { kind: 'read', table, address, count });
        if (answer.ok || isRefusal(answer.error))
            memory.answered(clock.mono());
        else
            memory.missed(clock.mono());
        return answer;
    }
    #priorityOf(block) {
        if (this.#isFire)
            return priorities.fire;
        if (this.rate === 'once')
            return priorities.identity;
        const { points } = this.options;
        const isState = points.some(({ source }) => source.states !== null && isInside(source, block));
        return isState ? priorities.state : priorities.analog;
    }
    /** The readings of this part's own points; `wanted` were read along, before those that depend on them. */
    #readings(reads, error, wanted) {
        const { inOrder } = this.options;
        if (wanted.length === 0)
            return this.#own.map((each) => this.#reading(each, reads, error));
        return inOrder
            .filter((each) => this.#own.includes(each) || wanted.includes(each))
            .flatMap((each) => {
            const reading = this.#reading(each, reads, error);
            return wanted.includes(each) ? [] : [reading];
        });
    }
    #reading(each, reads, error) {
        const { memory, clock } = this.options;
        const { point, source } = each;
        const read = readOf(source, reads);
        if (read?.answer.ok === true) {
            const { answer, block } = read;
            const width = widthOf(source.type);
            const offset = source.address - block.address;
            const words = answer.values.slice(offset, offset + width);
            if (words.length === width)
                return readingOf(point, memory.judge(each, words, answer.sampledMono), answer);
        }
        const reason = reasonOf(read, error);
        if (reason === 'exception')
            memory.refused(point.id);
        return badReading(point, reason, clock.mono());
    }
}
/** A reading of a point that could not be looked at. */
export function badReading(point, reason, nowMono) {
    return { pointId: point.id, quality: 'bad', value: null, reason, sampledMono: nowMono, frame: 0, confirmed: false };
}
function readOf(source, reads) {
    for (const read of reads)
        if (isInside(source, read.block))
            return read;
    return undefined;
}
/** Written out in both cases, of thousands a second: put together from parts, with a function for each, a reading took 1.2 kB
 * of memory on its way, so 0.2 (sampled). */
function readingOf({ id }, { value, reason, isSettled }, answer) {
    const { sampledMono, frame } = answer;
    const confirmed = answer.confirmed && isSettled;
    return reason === null
        ? { pointId: id, quality: 'good', value, reason, sampledMono, frame, confirmed }
        : { pointId: id, quality: 'bad', value, reason, sampledMono, frame, confirmed };
}
function keyOf({ table, address, count }) {
    return `${table} ${address}+${count}`;
}
/** Why there is no value: the unit refused or gave too little, or it was not asked because it had fallen silent before. */
function reasonOf(read, roundError) {
    if (read?.answer.ok === true)
        return 'exception';
    const error = read === undefined ? roundError : read.answer.error;
    if (error === null)
        return 'silent';
    if (isRefusal(error))
        return 'exception';
    return unansweredCodes.includes(error.code) ? 'silent' : 'line-down';
}
