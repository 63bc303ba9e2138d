export const noneLost = { fire: 0, journal: 0, telemetry: 0, local: 0 };
/** What is saved beside the entries: of each subject its newest facets, of each name its newest mark, of each command its newest state. To add to it costs what is
 * added, however much waits already. */
class Saves {
    #facets = new Map();
    #marks = new Map();
    #commands = new Map();
    constructor(facets, marks, commands) {
        this.add(facets, marks, commands);
    }
    /** These are newer. */
    add(facets, marks, commands) {
        for (const change of facets)
            this.#facets.set(change.subject, change);
        for (const mark of marks)
            this.#marks.set(mark.name, mark);
        for (const command of commands)
            this.#commands.set(command.id, command);
    }
    /** Those of the other are newer; it stays as it is. */
    join({ facets, marks, commands }) {
        this.add(facets.values(), marks.values(), commands.values());
        return this;
    }
    get commands() {
        return this.#commands;
    }
    get facets() {
        return this.#facets;
    }
    get marks() {
        return this.#marks;
    }
    drop(subjects) {
        for (const subject of this.#facets.keys())
            if (subjects.has(subject))
                this.#facets.delete(subject);
    }
}
/**
 * Entries on their way to the disk, in order, at most `entriesMax` of them. When there are more, the oldest entry that
 * is not of the fire lane goes; the fire lane is last. Facets and marks never go: a dropped entry leaves its own to a neighbour, and
 * changes that come without an entry join the newest item, of each subject (or name) only the newest. Packs of samples wait beside
 * them, at most `packsMax`: the oldest go first.
 */
export class WaitingList {
    entriesMax;
    packsMax;
    #items = [];
    #taken = [];
    #entryCount = 0;
    #packs = [];
    #takenPacks = [];
    constructor(entriesMax, packsMax = 0) {
        this.entriesMax = entriesMax;
        this.packsMax = packsMax;
    }
    get isEmpty() {
        return [this.#items, this.#taken, this.#packs, this.#takenPacks].every(({ length }) => length === 0);
    }
    /** Returns how many packs had to go for these, or null when none had to. */
    pushPacks(packs) {
        this.#packs.push(...packs);
        const tooMany = this.#packs.length + this.#takenPacks.length - this.packsMax;
        if (tooMany <= 0)
            return null;
        const gone = this.#packs.splice(0, tooMany);
        return { ...noneLost, telemetry: gone.length };
    }
    /** Adds one batch at the end. Returns how many entries had to go for it, or null when none had to. */
    push(entries, facets, marks = [], commands = []) {
        for (const entry of entries)
            this.#items.push({ entry, saves: null });
        if (facets.length > 0 || marks.length > 0 || commands.length > 0) {
            // The newest item that is not with the store takes them: what it has for the same subjects is older.
            if (this.#items.length === 0)
                this.#items.push({ entry: null, saves: null });
            joinTo(this.#items.at(-1), new Saves(facets, marks, commands));
        }
        this.#entryCount += entries.length;
        return this.#dropWhatIsTooMuch();
    }
    /** Puts one entry before all others (the beginning of an epoch). */
    pushFirst(entry) {
        this.#items.unshift({ entry, saves: null });
        this.#entryCount += 1;
    }
    /** The file is another one: all that waits belongs to its epoch. Ids stay. Not while a transaction is under way. */
    moveTo(epoch) {
        for (const item of this.#items)
            if (item.entry !== null)
                item.entry = { ...item.entry, epoch };
        this.#packs = this.#packs.map((pack) => ({ ...pack, epoch }));
    }
    /** Takes the oldest entries and their facets for one transaction; of a subject only its newest facets count, of a name its newest mark. */
    take(batchMax) {
        this.#taken = this.#items.splice(0, batchMax);
        this.#takenPacks = this.#packs;
        this.#packs = [];
        const all = new Saves([], [], []);
        for (const { saves } of this.#taken)
            if (saves !== null)
                all.join(saves);
        return {
            entries: this.#taken.flatMap((item) => item.entry ?? []),
            facets: [...all.facets.values()],
            marks: [...all.marks.values()],
            ...(this.#takenPacks.length === 0 ? {} : { telemetry: this.#takenPacks }),
            ...(all.commands.size === 0 ? {} : { commands: [...all.commands.values()] }),
        };
    }
    /** The transaction is durable. */
    forgetTaken() {
        this.#entryCount -= countEntries(this.#taken);
        this.#taken = [];
        this.#takenPacks = [];
    }
    /** The transaction failed: everything is as it was before take(). */
    returnTaken() {
        this.#packs.unshift(...this.#takenPacks);
        this.#takenPacks = [];
        const boundary = this.#taken.length;
        this.#items.unshift(...this.#taken);
        this.#taken = [];
        // Changes that came meanwhile found nothing to join.
        const came = this.#items[boundary];
        if (boundary === 0 || came === undefined || came.entry !== null)
            return;
        this.#items.splice(boundary, 1);
        joinTo(this.#items[boundary - 1], came.saves);
    }
    /** The waiting facets of these subjects are not to be written. */
    dropFacets(subjects) {
        for (const { saves } of this.#items)
            saves?.drop(subjects);
    }
    #dropWhatIsTooMuch() {
        if (this.#entryCount <= this.entriesMax)
            return null;
        const lost = { ...noneLost };
        while (this.#entryCount > this.entriesMax) {
            const lesser = this.#items.findIndex((item) => item.entry !== null && item.entry.lane !== 'fire');
            const index = lesser >= 0 ? lesser : this.#items.findIndex((item) => item.entry !== null);
            const entry = this.#items[index]?.entry ?? null;
            if (entry === null)
                break; // all that is left is with the disk
            lost[entry.lane] += 1;
            this.#entryCount -= 1;
            this.#removeEntryAt(index);
        }
        return lost;
    }
    #removeEntryAt(index) {
        const saves = this.#items[index]?.saves ?? null;
        const next = this.#items[index + 1];
        const previous = this.#items[index - 1];
        if (saves !== null && next === undefined && previous === undefined) {
            this.#items[index] = { entry: null, saves };
            return;
        }
        if (saves !== null && next !== undefined)
            next.saves = next.saves === null ? saves : saves.join(next.saves);
        else
            joinTo(previous, saves);
        this.#items.splice(index, 1);
    }
}
/** The saves of a neighbour that came after this item. */
function joinTo(item, saves) {
    if (item === undefined || saves === null)
        return;
    if (item.saves === null)
        item.saves = saves;
    else
        item.saves.join(saves);
}
function countEntries(items) {
    return items.reduce((count, item) => count + (item.entry === null ? 0 : 1), 0);
}
