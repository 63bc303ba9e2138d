import type { CommandRow, FacetChange, FacetRow, MarkRow, StoreOpened } from './store.js';

/** What a journal has to have saved of the present, kept in memory so that another file can get all of it at once: 1 kB per subject. */
export class SavedState {
  readonly #facets = new Map<string, FacetRow>();
  readonly #marks = new Map<string, MarkRow>();
  readonly #commands = new Map<string, CommandRow>();

  get marks(): ReadonlyMap<string, MarkRow> {
    return this.#marks;
  }

  add(facets: readonly FacetChange[], marks: readonly MarkRow[] = [], commands: readonly CommandRow[] = []): void {
    for (const { subject, row } of facets) {
      if (row === null) this.#facets.delete(subject);
      else this.#facets.set(subject, row);
    }
    for (const mark of marks) this.#marks.set(mark.name, mark);
    for (const command of commands) this.#commands.set(command.id, command);
  }

  /** What a file had: of marks and commands only those that are not known newer. Facets of a late file are merged by the engine. */
  addSaved({ facets, marks, commands }: StoreOpened): void {
    for (const row of facets) this.#facets.set(row.subject, row);
    for (const mark of marks) if (!this.#marks.has(mark.name)) this.#marks.set(mark.name, mark);
    for (const command of commands) if (!this.#commands.has(command.id)) this.#commands.set(command.id, command);
  }

  /** Everything a file that has `found` needs to be as it should. */
  missingIn(found: StoreOpened): {
    readonly facets: readonly FacetChange[];
    readonly marks: readonly MarkRow[];
    readonly commands: readonly CommandRow[];
  } {
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
