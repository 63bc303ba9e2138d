/** A commissioning on the disk: `<dataDir>/commissioning/current.json`, and one file for each revision. Whole or not there; one after the other. */
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../../drivers/whole-file.js';
import {
  commissioningItem,
  lineFigures,
  type RevisionFile,
  revisionFile,
  uplinkFigures,
} from '../panel/api/commissioning.js';
import { revisionName, revisionNumbers } from './report/revision-folder.js';

/** What outlives a restart. */
const savedCommissioning = z.object({
  form: z.literal(1),
  revision: z.int().min(1),
  begunWall: z.number(),
  begunBy: z.string(),
  tester: z.string(),
  organisation: z.string().nullable(),
  items: z.array(commissioningItem),
  lines: z.array(lineFigures),
  uplinks: z.array(uplinkFigures),
  /** Null: it is open. */
  frozen: revisionFile.nullable(),
  warrantyUntil: z.string().nullable(),
});
export type SavedCommissioning = z.infer<typeof savedCommissioning>;

export interface ReadCommissioning {
  /** Null: none is under way. */
  readonly saved: SavedCommissioning | null;
  /** There was one, and nobody can read it. */
  readonly isBroken: boolean;
  /** 0: there is none. */
  readonly newestRevision: number;
}

export class CommissioningFiles {
  #turn: Promise<unknown> = Promise.resolve();
  /** Waits to be written: only the newest of it is. */
  #next: SavedCommissioning | null | undefined;

  constructor(
    readonly folder: string,
    /** Null: what was written last is on the disk. */
    private readonly onTrouble: (error: Error | null) => void,
  ) {}

  /** Rejects when the disk does not answer as it should; then nothing is known. */
  async read(): Promise<ReadCommissioning> {
    const [newestRevision = 0] = await revisionNumbers(this.folder);
    const text = await readFile(this.#current, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT') return null;
      throw cause;
    });
    if (text === null) return { saved: null, isBroken: false, newestRevision };
    const saved = parsed(text);
    if (saved === null) await rename(this.#current, `${this.#current}.broken`);
    return { saved, isBroken: saved === null, newestRevision };
  }

  /** Null: none is under way any more. Never rejects. */
  save(saved: SavedCommissioning | null): void {
    const isWaiting = this.#next !== undefined;
    this.#next = saved;
    if (!isWaiting) this.#inTurn(() => this.#write());
  }

  /** Frozen, or signed once more. */
  saveRevision(revision: number, file: RevisionFile): void {
    this.#inTurn(() => this.#put(revisionName(revision), JSON.stringify(file)));
  }

  /** It was frozen, signed by nobody, and is to be changed. */
  removeRevision(revision: number): void {
    this.#inTurn(() => rm(join(this.folder, revisionName(revision)), { force: true }));
  }

  /** Everything that was handed over until now has been tried. */
  async settled(): Promise<void> {
    await this.#turn;
  }

  get #current(): string {
    return join(this.folder, 'current.json');
  }

  async #write(): Promise<void> {
    const saved = this.#next;
    this.#next = undefined;
    if (saved === null) await rm(this.#current, { force: true });
    else if (saved !== undefined) await this.#put('current.json', JSON.stringify(saved));
  }

  async #put(name: string, text: string): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await writeWhole(join(this.folder, name), text);
  }

  #inTurn(run: () => Promise<void>): void {
    this.#turn = this.#turn.then(run).then(
      () => this.onTrouble(null),
      (error: unknown) => this.onTrouble(error instanceof Error ? error : new Error(String(error))),
    );
  }
}

function parsed(text: string): SavedCommissioning | null {
  try {
    return savedCommissioning.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
