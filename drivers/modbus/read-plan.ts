import type { RegisterSource, Table } from '../../config/site.js';

/** One request's worth of neighbouring registers or bits. */
export interface Block {
  readonly table: Table;
  readonly address: number;
  readonly count: number;
}

/** Groups the sources of one unit into as few blocks of at most `maxRead` as their order allows. Pure. */
export function planReads(sources: readonly RegisterSource[], maxRead: number): readonly Block[] {
  const blocks: Block[] = [];
  for (const table of ['coil', 'discrete', 'input', 'holding'] as const) {
    const addresses = sources.filter((source) => source.table === table).map((source) => source.address);
    let open: Block | null = null;
    for (const address of addresses.sort((a, b) => a - b)) {
      if (open !== null && address < open.address + maxRead) {
        open = { table, address: open.address, count: address - open.address + 1 };
        blocks[blocks.length - 1] = open;
      } else {
        open = { table, address, count: 1 };
        blocks.push(open);
      }
    }
  }
  return blocks;
}
