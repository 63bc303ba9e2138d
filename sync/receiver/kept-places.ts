/** What a receipt says of one site. Pure. */
import type { Receipt } from '../messages/receipt.js';
import type { StoredChain } from './receiver-store.js';

/**
 * Per lane the newest place up to which nothing is missing. An epoch with a gap holds back all later ones of its lane: a place in
 * them would say that everything before is kept.
 * @param chains of one site, in the order in which they were met.
 */
export function keptPlaces(chains: readonly StoredChain[]): Receipt['kept'] {
  return { ...placeIn(chains, 'fire'), ...placeIn(chains, 'journal'), ...placeIn(chains, 'telemetry') };
}

function placeIn(chains: readonly StoredChain[], lane: StoredChain['lane']): Receipt['kept'] {
  let kept: Receipt['kept'] = {};
  for (const { epoch, state } of inOrder(chains.filter((chain) => chain.lane === lane))) {
    const { head, position, islands } = state;
    if (position > 0) kept = { [lane]: { epoch, sequence: head, position } };
    if (islands.length > 0) break;
  }
  return kept;
}

/**
 * A new fire overtakes the backlog, so an epoch may be met before an older one: all of that stands before its first row. One that is only
 * known by name is older than whoever named it.
 */
function inOrder(met: readonly StoredChain[]): readonly StoredChain[] {
  const ordered: StoredChain[] = [];
  for (const chain of met) {
    const { islands, position } = chain.state;
    const last = islands.at(-1)?.position ?? position;
    const isEmpty = last === 0 && islands.length === 0;
    const behind = isEmpty ? -1 : ordered.findIndex(({ state }) => last < state.first);
    ordered.splice(behind === -1 ? ordered.length : behind, 0, chain);
  }
  return ordered;
}
