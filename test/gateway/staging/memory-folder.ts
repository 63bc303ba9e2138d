/** A folder in memory that dies after so many changes, as a process that is killed does. */
import type { SiteFolder } from '../../../gateway/staging/site-folder.js';

export class MemoryFolder implements SiteFolder {
  readonly files: Map<string, string>;
  changesLeft = Number.POSITIVE_INFINITY;

  constructor(files: ReadonlyMap<string, string> = new Map()) {
    this.files = new Map(files);
  }

  async read(name: string): Promise<string | null> {
    return this.files.get(name) ?? null;
  }

  async write(name: string, text: string): Promise<void> {
    this.#change();
    this.files.set(name, text);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#change();
    const text = this.files.get(from);
    if (text === undefined) throw new Error(`no ${from}`);
    this.files.delete(from);
    this.files.set(to, text);
  }

  async remove(name: string): Promise<void> {
    this.#change();
    this.files.delete(name);
  }

  #change(): void {
    if (this.changesLeft <= 0) throw new Error('killed');
    this.changesLeft--;
  }
}
