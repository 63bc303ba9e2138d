import { priorities } from './line-queue.js';
import { badReading, ModbusPart } from './modbus-part.js';
import { isInside, planReads } from './read-plan.js';
import { pointsNeeded } from './registers.js';
import { UnitMemory } from './unit-memory.js';
const rates = ['fast', 'normal', 'slow', 'once'];
/**
 * One unit on a line: its points, read in as few requests as its profile allows. Blocks that carry a fire point are a part
 * of their own, before all others, so that nothing else of the unit delays them: a rate may stand twice in `parts`.
 */
export class ModbusDevice {
    options;
    id;
    parts;
    checkSetup;
    #points;
    constructor(options) {
        this.options = options;
        const { unit, line, clock } = options;
        this.id = unit.id;
        this.#points = inOrderOfNeed(options.points.flatMap((point) => point.source.kind === 'register' && point.source.device === unit.id ? [{ point, source: point.source }] : []));
        const memory = new UnitMemory(this.#points);
        const partOf = (rate, points) => {
            if (points.length === 0)
                return [];
            const settings = this.#settingsOf(points);
            return [new ModbusPart({ rate, unit, line, clock, memory, points, settings, inOrder: this.#points })];
        };
        const split = rates.map((rate) => ({ rate, ...this.#byUrgency(rate) }));
        this.parts = [
            ...split.flatMap(({ rate, fire }) => partOf(rate, fire)),
            ...split.flatMap(({ rate, others }) => partOf(rate, others)),
        ];
        this.checkSetup = unit.setup.length === 0 ? null : () => this.#checkSetup();
    }
    unseen(reason) {
        const nowMono = this.options.clock.mono();
        return this.#points.map(({ point }) => badReading(point, reason, nowMono));
    }
    /** The points of one rate: those that travel in one block with a fire point, and the rest. */
    #byUrgency(rate) {
        const points = this.#points.filter(({ source }) => source.scan === rate);
        const sources = points.map(({ source }) => source);
        const fireBlocks = planReads(sources, this.options.unit.limits).filter((block) => points.some(({ point, source }) => point.class === 'fire' && isInside(source, block)));
        const isFire = ({ source }) => fireBlocks.some((block) => isInside(source, block));
        return { fire: points.filter(isFire), others: points.filter((each) => !isFire(each)) };
    }
    /** What must be known to read these points and is not among them, however indirect. */
    #settingsOf(points) {
        const needed = new Set();
        // Backwards: those that are needed stand before those that need them.
        for (const each of this.#points.toReversed()) {
            if (points.includes(each) || needed.has(each.point.id)) {
                for (const id of pointsNeeded(each.source))
                    needed.add(id);
            }
        }
        return this.#points.filter((each) => needed.has(each.point.id) && !points.includes(each));
    }
    async #checkSetup() {
        const { unit, line } = this.options;
        for (const check of unit.setup) {
            const { table, address } = check;
            const answer = await line.request(unit, priorities.identity, { kind: 'read', table, address, count: 1 });
            if (!answer.ok)
                return { kind: 'unanswered', error: answer.error };
            const [got = Number.NaN] = answer.values;
            if (got !== check.want)
                return { kind: 'wrong', check, got };
        }
        return { kind: 'sound' };
    }
}
/** Each point behind those it depends on, else as given; who depends on himself (the profile's rules refuse it) stands last. */
function inOrderOfNeed(points) {
    const ordered = [];
    const placed = new Set();
    const own = new Set(points.map(({ point }) => point.id));
    let waiting = points;
    for (;;) {
        const isFree = ({ source }) => pointsNeeded(source).every((id) => placed.has(id) || !own.has(id));
        const free = waiting.filter(isFree);
        if (free.length === 0)
            return [...ordered, ...waiting];
        ordered.push(...free);
        for (const { point } of free)
            placed.add(point.id);
        waiting = waiting.filter((each) => !placed.has(each.point.id));
    }
}
