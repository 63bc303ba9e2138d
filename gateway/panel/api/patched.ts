import type { PanelState, Patch, TableTopic } from './state.js';

/** The state after the patches; the one before is not touched. */
export function patched(state: PanelState, patches: readonly Patch[]): PanelState {
  const next: PanelState = { ...state };
  const copied = new Set<TableTopic>();
  for (const patch of patches) {
    if (patch.topic === 'head') next.head = patch.value;
    else if (patch.topic === 'shift') next.shift = patch.value;
    else {
      const { topic, key, value } = patch;
      if (!copied.has(topic)) Object.assign(next, { [topic]: { ...next[topic] } });
      copied.add(topic);
      if (value === null) delete next[topic][key];
      else Object.assign(next[topic], { [key]: value });
    }
  }
  return next;
}
