/** What a journal has to have saved of the present, kept in memory so that another file can get all of it at once: 1 kB per subject. */
export class SavedState {
    #facets = new Map();
    #marks = new Map();
    #commands = new Map();
    get marks() {
        return this.#marks;
    }
    add(facets, marks = [], commands = []) {
        for (const { subject, row } of facets) {
            if (row === null)
                this.#facets.delete(subject);
            else
                this.#facets.set(subject, row);
        }
        for (const mark of marks)
            this.#marks.set(mark.name, mark);
        for (const command of commands)
            this.#commands.set(command.id, command);
    }
    /** What a file had: of marks and commands only those that are not known newer. Facets of a late file are merged by the engine. */
    addSaved({ facets, marks, commands }) {
        for (const row of facets)
            this.#facets.set(row.subject, row);
        for (const mark of marks)
            if (!this.#marks.has(mark.name))
                this.#marks.set(mark.name, mark);
        for (const command of commands)
            if (!this.#commands.has(command.id))
                this.#commands.set(command.id, command);
    }
    /** Everything a file that has `found` needs to be as it should. */
    missingIn(found) {
        const stale = found.facets.filter(({ subject }) => !this.#facets.has(subject));
        return {
            facets: [
                ...stale.map(({ subject }) => ({ subject, row: null })),
                ...[...this.#facets.values()].map((row) => ({ subject: row.subject, row })),
            ],
            marks: [...this.#marks.values()],
            commands: [...this.#commands.values()],
        };
    }
}
