/** The duty book in a whole village: what the district hears of it, what a restart leaves, and whom nobody outside hears of. */
import { expect, test } from 'vitest';
import type { SiteConfig } from '../../config/site.js';
import { explainPlans } from '../../gateway/annunciator/explain-plan.js';
import { gatewayFindings } from '../../gateway/box/gateway-findings.js';
import { lookAtFiles } from '../../gateway/box/site-files.js';
import { checkSite } from '../../gateway/check.js';
import { panelNotes } from '../../gateway/check-panel-notes.js';
import { checkAsJson, describeCheck } from '../../gateway/cli/check-table.js';
import { describeDiff } from '../../gateway/cli/config-words.js';
import { jsonLine, Teller } from '../../gateway/cli/teller.js';
import { careOf, householdsOf } from '../../gateway/duty/care.js';
import type { DutyBook } from '../../gateway/duty/duty-book.js';
import { dutyBookOf } from '../../gateway/duty/duty-of-runtime.js';
import { dutyFacts, explainDuty } from '../../gateway/duty/explain-duty.js';
import { stepsOf } from '../../gateway/duty/what-to-do.js';
import { household, siteInfo } from '../../gateway/panel/api/site.js';
import { configDiff } from '../../gateway/staging/config-diff.js';
import { diffDetail } from '../../gateway/staging/config-entries.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import {
  hallSmoke,
  kitchen,
  line,
  onlyUnits,
  type RigOptions,
  sharedDisk,
  speechlessTown,
  townConfig,
  VillageRig,
} from '../gateway/village-rig.js';

/** One line of the town without its voice, so that it is quick. */
async function quickTown(): Promise<SiteConfig> {
  return onlyUnits(await speechlessTown(), line('east'), 'smoke-1', 'smoke-kitchen');
}

async function watched(options: RigOptions = {}): Promise<{ readonly rig: VillageRig; readonly book: DutyBook }> {
  const clock = options.clock ?? new SimClock(undefined, 'trusted', { settle: 'ticks' });
  const rig = await VillageRig.make({ config: await quickTown(), ...options, clock });
  const book = dutyBookOf(
    rig.clock,
    () => rig.config,
    () => rig.runtime,
    (run) => {
      run();
      return true;
    },
  );
  rig.onObserved = (seen) => {
    if (seen.kind === 'entry') book.see([seen.entry]);
  };
  await rig.start();
  book.start();
  await rig.clock.until(() => rig.observations.some(({ kind }) => kind === 'site.scanned'), 10_000, 10);
  return { rig, book };
}

test('the district hears of a call and of what it was, first of all, and of nobody by name', async () => {
  const { rig, book } = await watched();
  book.take(
    { ask: 'call', place: '老街 12 号李大娘家', zone: 'street', what: '冒烟，电话 13800000000' },
    'panel:wang',
    2,
  );
  const [called = ''] = Object.keys(book.incidents);
  book.take({ ask: 'close-call', incident: called }, 'panel:wang', 2);
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(3_000);
  const fire = Object.values(book.incidents).find(({ kind }) => kind === 'alarm');
  expect(fire).toMatchObject({ id: rig.entriesOf('alarm.raised')[0]?.id, name: { zh: '老街 12 号厨房 烟感' } });
  const incident = fire?.id ?? '';
  book.take({ ask: 'note', incident, text: '张三家的锅' }, 'panel:wang', 2);
  book.take({ ask: 'arrived', incident, who: '张三' }, 'panel:wang', 2);
  book.take({ ask: 'shift', person: '张三', note: null, sinceWall: null }, 'panel:wang', 2);
  book.take({ ask: 'verdict', incident, verdict: 'cooking' }, 'panel:wang', 2);
  await rig.clock.advance(3_000);
  const reports = rig.uplink.reports
    .map(({ entry }) => entry)
    .filter(({ kind }) => /^(?:call|incident|shift)/.test(kind));
  expect(reports.map(({ kind, lane, origin }) => `${kind} ${lane} ${origin}`)).toEqual([
    'call.reported fire panel',
    'call.closed fire panel',
    'incident.verdict fire panel',
  ]);
  expect(JSON.stringify(rig.uplink.reports)).not.toContain('张三');
  // It raises nothing: the only alarm is that of the detector.
  expect(rig.entriesOf('alarm.raised').map(({ subject }) => subject)).toEqual([`point:${kitchen}`]);
  // What the program prints ends in logs.
  const teller = new Teller('zh', false, () => 0);
  const printed = rig.observations.flatMap((seen) => [jsonLine(seen, 0), teller.tell(seen) ?? '']);
  expect(printed.filter((text) => /张三|李大娘|13800000000/.test(text))).toEqual([]);
  expect(printed.filter((text) => text.includes('登记了电话报警'))).toHaveLength(2);
});

test('a kill and a restart leave the book as it was, with the alarm that still stands', async () => {
  const clock = new SimClock();
  const disk = sharedDisk(clock);
  const first = await watched({ clock, store: disk() });
  first.rig.village.setPoint(kitchen, 'alarm');
  await clock.advance(3_000);
  first.book.take({ ask: 'shift', person: '李四', note: '钥匙', sinceWall: null }, 'panel:li', 2);
  first.rig.village.setPoint(hallSmoke, 'alarm');
  await clock.advance(3_000);
  await first.rig.durable();
  const before = { shift: first.book.shift, incidents: Object.keys(first.book.incidents) };
  expect(before.incidents).toHaveLength(2);
  await first.rig.kill();
  const { book } = await watched({ clock, village: first.rig.village, store: disk() });
  expect({ shift: book.shift, incidents: Object.keys(book.incidents) }).toEqual(before);
  expect(Object.values(book.incidents).every(({ isClosed }) => !isClosed)).toBe(true);
});

test('households never leave: no report, no log, no doctor, no check, no diff, no plan in words', async () => {
  const config = await townConfig();
  const secrets = config.households.flatMap(({ id, people, phone, note }) => [id, people, phone, note]);
  const { rig } = await watched({ hasBox: true });
  rig.village.setPoint(kitchen, 'alarm');
  await rig.clock.advance(90_000);
  const diff = configDiff({ ...config, households: [] }, config);
  const files = lookAtFiles(config);
  const { facts } = rig.runtime.doctor;
  const { budgets } = checkSite(config);
  const notes = panelNotes({ ...config, panel: null }, { exists: () => false, isForAll: () => true });
  const teller = new Teller('zh', false, () => 0);
  const told: readonly unknown[] = [
    rig.uplink.reports,
    rig.observations.map((seen) => jsonLine(seen, 0)),
    rig.observations.map((seen) => teller.tell(seen)),
    facts,
    files,
    gatewayFindings(config, facts, files, 0),
    [describeCheck(config, budgets, 'zh', notes), checkAsJson(config, budgets, notes)],
    [describeDiff(diff, 'zh'), diffDetail(diff), diff.changes],
    [explainPlans(config, 'zh'), explainDuty(config, 'zh'), dutyFacts(config)],
    careOf(config),
  ];
  const text = JSON.stringify(told);
  expect(secrets.filter((secret) => secret !== null && text.includes(secret))).toEqual([]);
  expect(diff.changes.rest.changed).toEqual(['households']);
});

test('doors are for everybody at the box, the rest in the shape of the route; own steps go before the usual ones', async () => {
  const config = await townConfig();
  expect(
    siteInfo.shape.care
      .parse(careOf(config))
      .map(({ place, households, near }) => [place?.zh, households, near.join()]),
  ).toEqual([
    ['老街 12 号', 1, 'smoke-kitchen'],
    ['老街 7 号', 1, 'smoke-10,smoke-11'],
    ['祠堂门房', 1, 'smoke-8'],
  ]);
  expect(householdsOf(config).map((each) => household.parse(each).people)).toContain('王秀英（82 岁）');
  const steps = siteInfo.shape.steps.parse(stepsOf(config)).filter((row) => row.class === 'fire');
  expect(steps.map(({ zones }) => zones)).toEqual([['hall'], null]);
});
