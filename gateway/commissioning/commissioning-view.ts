/** A commissioning as people are shown it. Pure. */
import type { AlarmState } from '../alarm/facets.js';
import type { CommissioningAsk, CommissioningItem, CommissioningView } from '../panel/api/commissioning.js';
import type { PanelAnswer } from '../panel/api/orders.js';
import { nameOf } from './commissioning-entries.js';
import type { SavedCommissioning } from './commissioning-files.js';
import { type CommissioningRefusal, commissioningDone, commissioningRefusals } from './commissioning-words.js';
import { tallyOf } from './item-changes.js';
import type { Pressed } from './watching.js';

/** Items that a refusal names. */
const namedMax = 20;

export interface ViewFacts {
  readonly serial: number;
  /** The disk does not take it. */
  readonly trouble: Error | null;
  readonly pressed: Pressed | null;
  readonly seen: string | null;
}

export type LiveView = Pick<CommissioningView, 'walking' | 'stillActive'>;

export function noneView(facts: ViewFacts, live: LiveView): CommissioningView {
  return {
    ...{ serial: facts.serial, state: 'none', revision: 0, begunWall: null, tester: null, organisation: null },
    ...{ sha256: null, warrantyUntil: null, tally: tallyOf([]), items: [], lines: [], uplinks: [], signatures: [] },
    ...{ pressed: null, seen: null, ...live, trouble: troubleOf(facts.trouble) },
  };
}

export function viewOf(saved: SavedCommissioning, facts: ViewFacts, live: LiveView): CommissioningView {
  const { revision, begunWall, tester, organisation, items, lines, uplinks, frozen, warrantyUntil } = saved;
  const { serial, pressed, seen, trouble } = facts;
  const signatures = frozen?.signatures ?? [];
  return {
    ...{ serial, state: frozen === null ? 'open' : signatures.length === 0 ? 'frozen' : 'signed' },
    ...{ revision, begunWall, tester, organisation, sha256: frozen?.sha256 ?? null, warrantyUntil },
    ...{ tally: tallyOf(items), items, lines, uplinks, signatures },
    pressed: pressed === null ? null : { item: pressed.item, wall: pressed.wall },
    ...{ seen, ...live, trouble: troubleOf(trouble) },
  };
}

/** Who walks has to wait for what is still in alarm: a second one beside it is a real fire. */
export function liveOf({ walkTests, subjects }: AlarmState, saved: SavedCommissioning | null): LiveView {
  if (saved === null) return { walking: [], stillActive: [] };
  const stillActive = [...walkTests.values()]
    .flatMap((test) => test.subjects)
    .filter((key) => subjects.get(key)?.service?.trial?.condition === 'active')
    .map((key) => key.slice('point:'.length));
  return { walking: [...walkTests.keys()], stillActive };
}

export function commissioningAnswer(
  atWall: number,
  ask: CommissioningAsk['ask'],
  reason: CommissioningRefusal | null = null,
  concerned: readonly CommissioningItem[] = [],
): PanelAnswer {
  const words = reason === null ? commissioningDone[ask] : commissioningRefusals[reason];
  const rows = concerned.slice(0, namedMax).map((item) => ({ subject: item.id, class: item.state, ...nameOf(item) }));
  return { accepted: reason === null, reason, words, concerned: rows, still: [], warnings: [], atWall };
}

function troubleOf(trouble: Error | null): CommissioningView['trouble'] {
  if (trouble === null) return null;
  const { message } = trouble;
  return { zh: `磁盘没有记下验收：${message}`, en: `the disk does not keep the commissioning: ${message}` };
}
