/** Bytes of what the scripts of a page hold themselves: a heap snapshot without compiled code, the browser's own things and the engine's. */
import type { CDPSession } from 'playwright-core';

const kinds: ReadonlySet<string> = new Set([
  ...['object', 'array', 'closure', 'string', 'concatenated string', 'sliced string'],
  ...['regexp', 'number', 'symbol', 'bigint'],
]);

/** As Chromium writes it: `nodes` are rows of numbers, their columns are `node_fields`. */
interface Snapshot {
  readonly snapshot: {
    readonly meta: { readonly node_fields: readonly string[]; readonly node_types: readonly [readonly string[]] };
  };
  readonly nodes: readonly number[];
}

export async function objectBytes(cdp: CDPSession): Promise<number> {
  const chunks: string[] = [];
  const take = ({ chunk }: { readonly chunk: string }): void => void chunks.push(chunk);
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  const { snapshot, nodes } = JSON.parse(chunks.join('')) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type] ?? -1] ?? '';
    if (kinds.has(kind)) bytes += nodes[at + size] ?? 0;
  }
  return bytes;
}
