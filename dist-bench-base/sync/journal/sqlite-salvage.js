/**
 * Brings the rows of a damaged journal into the one that took its place, at the positions they had, piece by piece and over restarts.
 * What no centre had confirmed comes first; until it is there nobody may read past it, or it would never be told.
 */
import { join } from 'node:path';
import { lanes } from '../../config/vocabulary.js';
import { freeBytesBeside } from './ballast.js';
import { openDamaged, prepare } from './sqlite-open.js';
import { statements } from './sqlite-schema.js';
/** Rows read in one piece of work: one transaction of about 10 ms (measured on x86-64). */
const windowRows = 500;
/** Where a row does not read, the next one is sought so many times one further, and then in ever longer steps. */
const shortSteps = 64;
/** Salvage ends on a disk with less room: what happens now is worth more. */
const freeMinBytes = 64 * 1024 * 1024;
export function planSalvage(file, ends, positions) {
    // A centre that has no position was never told anything of this lane.
    const least = (lane) => {
        const found = positions.filter((row) => row.lane === lane).map((row) => row.position);
        return found.length === 0 ? 0 : Math.min(...found);
    };
    const [fire, journal, packs] = [least('fire'), least('journal'), least('telemetry')];
    const passes = [
        { table: 'entries', lane: 'fire', at: fire, to: ends.entries },
        { table: 'entries', lane: 'journal', at: journal, to: ends.entries },
        { table: 'telemetry', lane: null, at: packs, to: ends.packs },
        { table: 'entries', lane: null, at: 0, to: ends.entries },
        { table: 'telemetry', lane: null, at: 0, to: packs },
    ];
    const from = { fire, journal, telemetry: packs };
    return { file, from, entries: 0, packs: 0, lost: 0, passes: passes.filter(({ at, to }) => at < to) };
}
export class Salvager {
    fresh;
    folder;
    plan;
    #old;
    #readers;
    #writers;
    #savePlan;
    #forgetPlan;
    /** Throws when the damaged file can not be opened at all. */
    constructor(fresh, folder, plan) {
        this.fresh = fresh;
        this.folder = folder;
        this.plan = plan;
        this.#old = openDamaged(join(folder, plan.file));
        const tables = ['entries', 'telemetry'];
        this.#readers = new Map(tables.map((table) => [table, this.#reader(table)]));
        this.#writers = new Map([
            ['entries', prepare(fresh, statements.takeOverEntry)],
            ['telemetry', prepare(fresh, statements.takeOverPack)],
        ]);
        this.#savePlan = prepare(fresh, statements.saveIdentity);
        this.#forgetPlan = prepare(fresh, statements.forgetIdentity);
    }
    get isDone() {
        return this.plan.passes.every(({ at, to }) => at >= to);
    }
    /** Rows of the lane after that position are still missing. */
    isMissing(lane, after) {
        const table = lane === 'telemetry' ? 'telemetry' : 'entries';
        return this.plan.passes.some((pass) => {
            if (pass.table !== table || pass.at >= pass.to)
                return false;
            if (pass.lane !== null)
                return pass.lane === lane && after < pass.to;
            // What the pass of the lane has brought, the one over everything does not bring again.
            return after < (this.plan.from[lane] ?? pass.to);
        });
    }
    /** One piece of work; after the last one the file is let go of. */
    step() {
        const pass = this.plan.passes.find(({ at, to }) => at < to);
        if (pass !== undefined) {
            if (freeBytesBeside(join(this.folder, this.plan.file)) < freeMinBytes)
                this.#giveUp();
            else
                this.fresh.transaction(() => this.#take(pass))();
        }
        if (this.isDone) {
            this.#forgetPlan.run('salvage');
            this.close();
        }
    }
    /** What could not be taken over stays in the damaged file. */
    giveUp() {
        this.#giveUp();
        this.#forgetPlan.run('salvage');
        this.close();
    }
    close() {
        this.#old.close();
    }
    #giveUp() {
        for (const pass of this.plan.passes) {
            if (pass.at < pass.to)
                this.plan.lost += 1;
            pass.at = pass.to;
        }
    }
    #reader(table) {
        try {
            return prepare(this.#old, `SELECT * FROM ${table} WHERE position > ? AND position <= ? ORDER BY position LIMIT ?`);
        }
        catch {
            return null;
        }
    }
    #take(pass) {
        const reader = this.#readers.get(pass.table) ?? null;
        const { rows, isWhole } = reader === null ? { rows: [], isWhole: true } : readUntilItFails(reader, pass);
        for (const row of rows) {
            pass.at = row.position;
            if (pass.table === 'entries' && !isEntry(row))
                this.#lose(pass);
            else if (pass.lane === null || row.lane === pass.lane)
                this.#keep(pass, row);
        }
        if (reader !== null && !isWhole)
            this.#stepOver(pass, reader);
        else if (rows.length < windowRows)
            pass.at = pass.to;
        this.#savePlan.run('salvage', JSON.stringify(this.plan));
    }
    #keep({ table }, row) {
        // What is there already, or lacks what a row must have, is passed over.
        const taken = this.#writers.get(table)?.run(row).changes ?? 0;
        if (table === 'entries')
            this.plan.entries += taken;
        else
            this.plan.packs += taken;
    }
    /** Counted by the pass that comes there first. */
    #lose({ table, lane, at }) {
        const isFirst = table === 'telemetry' || lane === 'fire' || (lane === null && at <= (this.plan.from.fire ?? 0));
        if (isFirst)
            this.plan.lost += 1;
    }
    /** To just before the next row that reads. */
    #stepOver(pass, reader) {
        this.#lose(pass);
        for (let tries = 1, stride = 1; pass.at < pass.to; tries++) {
            pass.at = Math.min(pass.to, pass.at + stride);
            if (tries > shortSteps)
                stride *= 2;
            try {
                reader.get(pass.at, pass.to, 1);
                return;
            }
            catch {
                // Further on.
            }
        }
    }
}
function readUntilItFails(reader, { at, to }) {
    const rows = [];
    try {
        for (const row of reader.iterate(at, to, windowRows))
            rows.push(row);
        return { rows, isWhole: true };
    }
    catch {
        return { rows, isWhole: false };
    }
}
/** A row that does not say what an entry says would be in the way of all behind it. */
function isEntry({ id, lane, words, detail }) {
    try {
        const { zh, en } = JSON.parse(String(words));
        const isDetailed = typeof JSON.parse(String(detail)) === 'object';
        return (isDetailed && [zh, en, id].every((text) => typeof text === 'string') && lanes.some((known) => known === lane));
    }
    catch {
        return false;
    }
}
