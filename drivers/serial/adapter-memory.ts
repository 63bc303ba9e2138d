/** What serialport's list tells about one tty. */
export interface ListedAdapter {
  readonly path: string;
  readonly serialNumber?: string | undefined;
  readonly pnpId?: string | undefined;
}

/**
 * Which adapter was behind a path: unplugged and plugged in again it may come back under another name. Cheap adapters share
 * one number or have none; what is not unique is no identity, and nothing is guessed.
 */
export class AdapterMemory {
  #identity: string | null = null;

  constructor(private readonly path: string) {}

  /** The path was just opened well; remembers what sits there. */
  learn(adapters: readonly ListedAdapter[]): void {
    const here = adapters.find(({ path }) => path === this.path);
    const identity = here === undefined ? null : identityOf(here);
    if (identity !== null) this.#identity = identity;
  }

  /** The path under which the remembered adapter is to be found now; null when it is not there or not unique. */
  find(adapters: readonly ListedAdapter[]): string | null {
    const same = adapters.filter((adapter) => this.#identity !== null && identityOf(adapter) === this.#identity);
    const [only] = same;
    return only === undefined || same.length > 1 ? null : only.path;
  }
}

function identityOf({ serialNumber, pnpId }: ListedAdapter): string | null {
  const [number, id] = [serialNumber ?? '', pnpId ?? ''];
  return number === '' && id === '' ? null : `${number} ${id}`;
}
