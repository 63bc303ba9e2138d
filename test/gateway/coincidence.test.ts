/** When a fire is more than the word of one detector (design.md §5), and that a restart forgets nothing of it. */
import { expect, test } from 'vitest';
import { type BootId, brandId, type EntryId, type PointId, type ZoneId } from '../../config/ids.js';
import type { PointRole } from '../../config/vocabulary.js';
import { makeStep } from '../../gateway/alarm/engine.js';
import { type AlarmState, emptyAlarmState } from '../../gateway/alarm/facets.js';
import type { EngineInput } from '../../gateway/alarm/step.js';
import type { FacetRow } from '../../sync/journal/store.js';
import { pointOf } from './engine-rig.js';

const point = (id: string, role: PointRole, zone: string, onDelayMs = 0) =>
  pointOf(id, role, { zone: brandId<ZoneId>(zone), onDelayMs });

const points = [
  point('a', 'smoke.alarm', 'hall'),
  point('b', 'heat.alarm', 'hall'),
  point('call', 'call_point.alarm', 'hall'),
  point('gas', 'gas.alarm', 'hall'),
  point('far', 'smoke.alarm', 'street'),
  // Is believed only at the second look.
  point('slow', 'smoke.alarm', 'hall', 2),
];

/** The engine over restarts: `a=alarm@7` is a reading in frame 7, `a=normal`, `a?` a look that nobody answered, `ack`, `boot`. */
function confirmationsOf(story: string): readonly string[] {
  const step = makeStep(points, []);
  let state: AlarmState = emptyAlarmState;
  const saved = new Map<string, FacetRow>();
  const confirmed: string[] = [];
  let boots = 1;
  let entries = 0;
  let mono = 0;
  const give = (input: EngineInput): void => {
    const boot = brandId<BootId>(`boot${boots}`);
    const entryId = (n: number): EntryId => brandId<EntryId>(`e${entries + n}`);
    const result = step(state, input, { boot, mono: ++mono, wall: mono, trust: 'trusted', entryId });
    state = result.state;
    entries += result.drafts.length;
    for (const { subject, row } of result.facets) {
      if (row === null) saved.delete(subject);
      else saved.set(subject, row);
    }
    for (const { kind, subject, detail } of result.drafts) {
      if (kind === 'alarm.confirmed') confirmed.push(`${subject.slice('point:'.length)} ${String(detail['reason'])}`);
    }
  };
  for (const word of story.split(' ')) {
    const [, id = '', value = '', frame = '1', mark = ''] = /^(\w+)(?:=(\w+)(?:@(\d+))?)?([?!]?)$/.exec(word) ?? [];
    const stamp = { pointId: brandId<PointId>(id), sampledMono: mono, frame: Number(frame), confirmed: mark !== '!' };
    if (word === 'boot') {
      boots++;
      state = emptyAlarmState;
      give({ kind: 'restore', rows: [...saved.values()] });
    } else if (word === 'ack') {
      give({ kind: 'command', command: { kind: 'acknowledge', upTo: { raisedBeforeMono: mono }, origin: 'key' } });
    } else if (mark === '?') {
      give({ kind: 'reading', reading: { ...stamp, quality: 'bad', value: null, reason: 'silent' } });
    } else give({ kind: 'reading', reading: { ...stamp, quality: 'good', value, reason: null } });
  }
  return confirmed;
}

const both = ['a second-detector', 'b second-detector'];

test.each<readonly [promise: string, story: string, confirmed: readonly string[]]>([
  ['one detector is one detector, however often it is seen', 'a=alarm@1 a=alarm@2 a=alarm@3', []],
  ['two detectors of a zone, seen in two frames, confirm each other', 'a=alarm@1 b=alarm@2', both],
  ['one bad frame is never two detectors', 'a=alarm@1 b=alarm@1', []],
  ['two that always share a frame are confirmed by the next one', 'a=alarm@1 b=alarm@1 a=alarm@2 b=alarm@2', both],
  ['detectors of two zones do not confirm each other', 'a=alarm@1 far=alarm@2', []],
  ['a warning of the zone confirms no fire', 'a=alarm@1 gas=alarm@2', []],
  ['a look that is itself doubted is no witness', 'a=alarm@1 b=alarm@2!', []],
  ['but becomes one with the next good look', 'a=alarm@1 b=alarm@2! b=alarm@3', both],
  ['a manual call point needs no second [GB 4717-2024 5.4.1.4]', 'call=alarm@1', ['call call-point']],
  ['and confirms what burns beside it', 'a=alarm@1 call=alarm@1', ['a call-point', 'call call-point']],
  ['a detector that was latched and is normal again still counts', 'a=alarm@1 a=normal@2 b=alarm@3', both],
  [
    'a detector lost beside a fire that nobody acknowledged counts as the second',
    'b=normal@1 a=alarm@2 b?',
    ['a second-lost'],
  ],
  ['but not after somebody acknowledged', 'b=normal@1 a=alarm@2 ack b?', []],
  [
    'a loss while the first fire waits for its delay counts when it is raised',
    'b=normal@1 slow=alarm@2 b? slow=alarm@3',
    ['slow second-lost'],
  ],
  ['also when a restart raises it', 'b=normal@1 slow=alarm@2 b? boot', ['slow second-lost']],
  [
    'but not when it was over in between',
    'b=normal@1 slow=alarm@2 b? slow=normal@3 slow=alarm@4 slow=alarm@5 slow=alarm@6',
    [],
  ],
  ['nor its own loss', 'slow=alarm@2 slow? slow=alarm@3 slow=alarm@4', []],
  ['nor one of another zone while it waits', 'far=normal@1 slow=alarm@2 far? slow=alarm@3', []],
  ['nor one that was lost before', 'b=normal@1 b? a=alarm@2 b?', []],
  ['nor one that was never seen', 'a=alarm@2 b?', []],
  ['nor the burning detector itself', 'a=alarm@2 a?', []],
  ['nor one of another zone', 'far=normal@1 a=alarm@2 far?', []],
  ['a restart forgets no frame: the same one is still one', 'a=alarm@1 b=alarm@1 boot', []],
  ['and frames of two boots are two, though counted alike', 'a=alarm@1 boot b=alarm@1', both],
  ['a confirmed fire is not told again after a restart', 'a=alarm@1 b=alarm@2 boot a=alarm@1 b=alarm@2', both],
])('%s: %s', (_, story, confirmed) => {
  expect(confirmationsOf(story)).toEqual(confirmed);
});
