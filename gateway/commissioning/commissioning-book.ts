/**
 * The commissioning (验收) of a site: one at a time, kept on the box. What people order comes here from every origin; what the watch sees ticks
 * off items by itself. It decides nothing about alarms.
 *
 *   none ──begin──▶ open ──freeze──▶ frozen ──sign──▶ signed ──begin──▶ open (next revision)
 *                     ▲──────reopen─────┘      any of them ──abandon──▶ none
 */
import type { Cancel } from '../../drivers/clock.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Level } from '../command/command.js';
import { refusedDraft } from '../command/refused-draft.js';
import type { Observation } from '../observation.js';
import {
  type CommissioningAsk,
  type CommissioningItem,
  type CommissioningView,
  commissioningContent,
  itemsMax,
  photosPerItemMax,
  type Signature,
  signaturesMax,
} from '../panel/api/commissioning.js';
import type { PanelAnswer } from '../panel/api/orders.js';
import { checklistOf, mergedItems } from './checklist.js';
import * as entries from './commissioning-entries.js';
import { CommissioningFiles, type SavedCommissioning } from './commissioning-files.js';
import type { CommissioningOptions, CommissioningOrders } from './commissioning-orders.js';
import { commissioningAnswer, liveOf, noneView, viewOf } from './commissioning-view.js';
import type { CommissioningRefusal } from './commissioning-words.js';
import { countedBudgets } from './counted-budgets.js';
import { frozenContent, frozenFile } from './freezing.js';
import { isPressable, judgeRefusal, unexplained, withJudgement } from './item-changes.js';
import { LineLooks } from './line-looks.js';
import { freshFigures, mergedFigures } from './line-measure.js';
import { isDay } from './warranty.js';
import { changed, itemsAfter, type Pressed, type Probe, pressMaxMs, probeAfter } from './watching.js';

/** The lines are looked at so often while one is open; the watch reviews its ages every 10 s. */
const lookEveryMs = 5_000;
/** The file is written so often at most for what is measured; what people order at once. */
const saveMeasuredMs = 60_000;
const revisionsMax = 500;
const probesMax = 16;

type Outcome =
  | { readonly drafts: readonly EntryDraft[]; readonly saved: SavedCommissioning | null }
  | { readonly refused: CommissioningRefusal; readonly concerned?: readonly CommissioningItem[] };

export class CommissioningBook implements CommissioningOrders {
  readonly #files: CommissioningFiles;
  readonly #looks: LineLooks;
  #saved: SavedCommissioning | null = null;
  #newestRevision = 0;
  #isRead = false;
  #trouble: Error | null = null;
  #pressed: Pressed | null = null;
  #seen: string | null = null;
  #probes: readonly Probe[] = [];
  #serial = 1;
  /** What the view was made of beside all that is ordered: walks, and who is still in alarm. */
  #toldLive = '';
  #cancelLook: Cancel | null = null;
  #savedMono = Number.NEGATIVE_INFINITY;
  #isStopped = false;

  constructor(private readonly options: CommissioningOptions) {
    this.#files = new CommissioningFiles(options.folder, (error) => {
      if ((this.#trouble === null) !== (error === null)) this.#serial += 1;
      this.#trouble = error;
    });
    this.#looks = new LineLooks(options.clock, () => options.host().vitals.sights());
  }

  /** The first gateway has started. Resolves when the disk has told what it had; until then orders are refused. Never rejects. */
  start(): Promise<void> {
    this.#lookLater();
    return this.#read();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelLook?.();
    if (this.#isRead && this.#isOpen) this.#files.save(this.#saved);
    await this.#files.settled();
  }

  /** Everything that happens in the watch. */
  see(seen: Observation): void {
    const saved = this.#saved;
    if (saved === null || saved.frozen !== null) return;
    const { clock } = this.options;
    const now = { mono: clock.mono(), wall: clock.wall() };
    if (seen.kind === 'entry' && seen.entry.kind === 'gateway.started') this.#takeOver();
    const items = itemsAfter(saved.items, seen, this.#pressed, now);
    if (items !== saved.items) {
      const item = items.find((each, at) => each !== saved.items[at]) ?? null;
      this.#seen = item?.id ?? null;
      if (item !== null && this.#pressed?.item === item.id) this.#pressed = null;
      this.#keep({ ...saved, items: [...items] });
    }
    for (const probe of this.#probes) this.#seeProbe(probe, seen);
  }

  take(ask: CommissioningAsk, origin: string, level: Level): PanelAnswer {
    const { clock, record } = this.options;
    const outcome: Outcome = level < 3 ? { refused: 'level-too-low' } : this.#obey(ask, origin);
    if ('refused' in outcome) {
      const { refused, concerned = [] } = outcome;
      const answer = commissioningAnswer(clock.wall(), ask.ask, refused, concerned);
      if (refused === 'level-too-low') record([refusedDraft({ kind: ask.ask, origin }, refused, answer.words)]);
      return answer;
    }
    // What is not in the journal did not happen: a signature least of all.
    if (record(outcome.drafts) === null) return commissioningAnswer(clock.wall(), ask.ask, 'not-recorded');
    const { frozen: was = null, revision: before = 0 } = this.#saved ?? {};
    this.#keep(outcome.saved);
    const { frozen = null, revision = 0 } = outcome.saved ?? {};
    if (frozen !== null && frozen !== was) this.#files.saveRevision(revision, frozen);
    else if (was !== null && frozen === null && was.signatures.length === 0) this.#files.removeRevision(before);
    if (frozen !== null) this.#newestRevision = Math.max(this.#newestRevision, revision);
    return commissioningAnswer(clock.wall(), ask.ask);
  }

  /** Null: it is the one of this number. */
  view(after: number | null): { readonly serial: number; readonly view: CommissioningView | null } {
    const live = liveOf(this.options.host().alarms, this.#saved);
    const told = JSON.stringify(live);
    if (told !== this.#toldLive) [this.#toldLive, this.#serial] = [told, this.#serial + 1];
    if (after === this.#serial) return { serial: this.#serial, view: null };
    const facts = { serial: this.#serial, trouble: this.#trouble, pressed: this.#pressed, seen: this.#seen };
    const view = this.#saved === null ? noneView(facts, live) : viewOf(this.#saved, facts, live);
    return { serial: this.#serial, view };
  }

  get #isOpen(): boolean {
    return this.#saved !== null && this.#saved.frozen === null;
  }

  #obey(ask: CommissioningAsk, origin: string): Outcome {
    if (!this.#isRead) return { refused: 'not-read' };
    if (ask.ask === 'commissioning-begin') return this.#begin(ask, origin);
    const saved = this.#saved;
    if (saved === null) return { refused: 'not-begun' };
    switch (ask.ask) {
      case 'commissioning-freeze':
        return saved.frozen === null ? this.#freeze(saved, ask, origin) : { refused: 'is-frozen' };
      case 'commissioning-excuse':
        return saved.frozen === null ? this.#excuse(saved, ask.reason, origin) : { refused: 'is-frozen' };
      case 'commissioning-reopen': {
        if (saved.frozen === null) return { refused: 'not-frozen' };
        if (saved.frozen.signatures.length > 0) return { refused: 'is-signed' };
        const words = { zh: '验收退回测试', en: 'commissioning: the tests go on' };
        return {
          drafts: [entries.notedDraft(words, origin, { revision: saved.revision })],
          saved: { ...saved, frozen: null, warrantyUntil: null },
        };
      }
      case 'commissioning-abandon': {
        const isSigned = saved.frozen !== null && saved.frozen.signatures.length > 0;
        const words = isSigned
          ? { zh: '验收结束', en: 'the commissioning is closed' }
          : { zh: '验收放弃', en: 'the commissioning is abandoned' };
        return { drafts: [entries.notedDraft(words, origin, { revision: saved.revision })], saved: null };
      }
      case 'commissioning-sign':
        return this.#sign(saved, ask, origin);
      default: {
        if (saved.frozen !== null) return { refused: 'is-frozen' };
        const item = saved.items.find(({ id }) => id === ask.item);
        return item === undefined ? { refused: 'no-item' } : this.#about(saved, item, ask, origin);
      }
    }
  }

  #begin(ask: Extract<CommissioningAsk, { ask: 'commissioning-begin' }>, origin: string): Outcome {
    const before = this.#saved;
    if (before !== null && (before.frozen === null || before.frozen.signatures.length === 0))
      return { refused: 'runs-already' };
    if (this.#newestRevision >= revisionsMax) return { refused: 'too-many-revisions' };
    const config = this.options.config();
    const counted = countedBudgets(config);
    const items = mergedItems(checklistOf(config, counted), before?.items ?? []);
    if (items.length > itemsMax) return { refused: 'too-many-items' };
    const { tester, organisation } = ask;
    const revision = this.#newestRevision + 1;
    const saved: SavedCommissioning = {
      ...{ form: 1, revision, begunWall: this.options.clock.wall(), begunBy: origin, tester, organisation },
      ...{ items: [...items], lines: [...freshFigures(config, counted)], frozen: null, warrantyUntil: null },
      uplinks: config.uplinks.map(({ id }) => ({ uplink: id, queuedWall: null, carriedMs: null, keptMs: null })),
    };
    this.#looks.forget();
    [this.#pressed, this.#seen, this.#probes] = [null, null, []];
    const named = { zh: '验收人员', en: 'who tests' };
    return {
      drafts: [
        entries.begunDraft(revision, items.length, origin),
        entries.notedDraft(named, origin, { revision, tester, organisation }),
      ],
      saved,
    };
  }

  #about(
    saved: SavedCommissioning,
    item: CommissioningItem,
    ask: Extract<CommissioningAsk, { item: string }>,
    origin: string,
  ): Outcome {
    const { clock } = this.options;
    const kept = (next: CommissioningItem): SavedCommissioning => ({
      ...saved,
      items: [...changed(saved.items, item.id, () => next)],
    });
    switch (ask.ask) {
      case 'commissioning-press': {
        if (!isPressable(item.kind)) return { refused: 'not-for-item' };
        this.#pressed = { item: item.id, mono: clock.mono(), wall: clock.wall() };
        const words = entries.itemWords(item, { zh: '开始计时', en: 'the time runs' });
        return { drafts: [entries.notedDraft(words, origin, { item: item.id })], saved };
      }
      case 'commissioning-probe':
        return this.#probe(saved, item, origin);
      case 'commissioning-judge': {
        const refused = judgeRefusal(item, ask);
        if (refused !== null) return { refused };
        const next = withJudgement(item, ask, origin, clock.wall());
        return { drafts: [entries.judgedDraft(next, origin)], saved: kept(next) };
      }
      case 'commissioning-photo': {
        const has = item.photos.includes(ask.photo);
        if (ask.to === 'add' && item.photos.length >= photosPerItemMax) return { refused: 'too-many-photos' };
        if (ask.to === 'remove' && !has) return { refused: 'no-photo' };
        const others = item.photos.filter((photo) => photo !== ask.photo);
        const words = entries.itemWords(item, { zh: '照片', en: 'a photo' });
        return {
          drafts: [entries.notedDraft(words, origin, { item: item.id, photo: ask.photo, to: ask.to })],
          saved: kept({ ...item, photos: ask.to === 'add' ? [...others, ask.photo] : others }),
        };
      }
    }
  }

  /** A line is measured anew; a centre is sent a report, and how long that takes is seen by itself. */
  #probe(saved: SavedCommissioning, item: CommissioningItem, origin: string): Outcome {
    const { clock, config } = this.options;
    const open = { ...item, state: 'open', reason: null, how: null, by: origin, wall: null } as const;
    const items = [...changed(saved.items, item.id, () => open)];
    if (item.kind === 'line') {
      const fresh = freshFigures(config(), countedBudgets(config())).find(({ line }) => line === item.subject);
      this.#looks.forget(item.subject);
      const lines = saved.lines.map((each) => (each.line === item.subject ? (fresh ?? each) : each));
      const words = entries.itemWords(item, { zh: '重新测量', en: 'measured anew' });
      return { drafts: [entries.notedDraft(words, origin, { item: item.id })], saved: { ...saved, items, lines } };
    }
    if (item.kind !== 'uplink') return { refused: 'not-for-item' };
    const stamped = this.options.record([entries.probedDraft(item.subject, origin)]);
    const entry = stamped?.[0];
    if (entry === undefined) return { refused: 'not-recorded' };
    const probe = { entryId: entry.id, uplink: item.subject, mono: clock.mono(), position: null };
    this.#probes = [...this.#probes.filter(({ uplink }) => uplink !== item.subject), probe].slice(-probesMax);
    const row = { uplink: item.subject, queuedWall: entry.wall, carriedMs: null, keptMs: null };
    const uplinks = saved.uplinks.map((each) => (each.uplink === item.subject ? row : each));
    return { drafts: [], saved: { ...saved, items, uplinks } };
  }

  #seeProbe(probe: Probe, seen: Observation): void {
    const { clock, config } = this.options;
    const after = probeAfter(probe, seen, { mono: clock.mono(), wall: clock.wall() });
    const saved = this.#saved;
    if (after === null || saved === null || saved.frozen !== null) return;
    this.#probes = this.#probes.map((each) => (each === probe ? after.probe : each));
    const uplinks = saved.uplinks.map((row) => (row.uplink === probe.uplink ? { ...row, ...after.figures } : row));
    const row = uplinks.find(({ uplink }) => uplink === probe.uplink);
    const wantsReceipt = config().uplinks.find(({ id }) => id === probe.uplink)?.receipts !== 'none';
    const isDone = row !== undefined && row.carriedMs !== null && (!wantsReceipt || row.keptMs !== null);
    const items = changed(saved.items, `uplink:${probe.uplink}`, (item) => {
      if (after.isPassedOver)
        return { ...item, reason: '站点文件不让这类报文上报 the site file does not tell this centre' };
      if (!isDone || item.state === 'passed') return item;
      return { ...item, state: 'passed', how: 'told', reason: null, wall: clock.wall() };
    });
    this.#keep({ ...saved, items: [...items], uplinks });
  }

  #excuse(saved: SavedCommissioning, reason: string, origin: string): Outcome {
    const left = new Set(unexplained(saved.items));
    const wall = this.options.clock.wall();
    const items = saved.items.map((item) => (left.has(item) ? { ...item, reason, by: origin, wall } : item));
    const words = { zh: `验收：${left.size} 项不测`, en: `commissioning: ${left.size} items are not tested` };
    return { drafts: [entries.notedDraft(words, origin, { items: left.size, reason })], saved: { ...saved, items } };
  }

  #freeze(
    saved: SavedCommissioning,
    ask: Extract<CommissioningAsk, { ask: 'commissioning-freeze' }>,
    origin: string,
  ): Outcome {
    const open = unexplained(saved.items);
    if (open.length > 0) return { refused: 'items-open', concerned: open };
    if (ask.warrantyMonths !== null && ask.warrantyUntil !== null) return { refused: 'warranty-twice' };
    if (ask.warrantyUntil !== null && !isDay(ask.warrantyUntil)) return { refused: 'bad-day' };
    const { clock, config, siteSha256, version, timeZone, host } = this.options;
    const content = frozenContent(saved, ask, {
      ...{ config: config(), siteSha256: siteSha256(), version, timeZone },
      ...{ wall: clock.wall(), clock: clock.trust(), read: (id) => host().points.get(id) },
    });
    const frozen = frozenFile(content);
    const words = { zh: '验收内容定稿', en: 'the content of the commissioning is frozen' };
    const detail = { revision: saved.revision, sha256: frozen.sha256 };
    return {
      drafts: [entries.notedDraft(words, origin, detail)],
      saved: { ...saved, frozen, warrantyUntil: content.warranty?.until ?? null },
    };
  }

  #sign(
    saved: SavedCommissioning,
    { sha256, role, name, organisation, mark }: Extract<CommissioningAsk, { ask: 'commissioning-sign' }>,
    by: string,
  ): Outcome {
    const { frozen } = saved;
    if (frozen === null) return { refused: 'not-frozen' };
    if (frozen.sha256 !== sha256) return { refused: 'other-content' };
    if (frozen.signatures.length >= signaturesMax) return { refused: 'too-many-signatures' };
    const signature: Signature = { role, name, organisation, mark, by, wall: this.options.clock.wall() };
    const signatures = [...frozen.signatures, signature];
    const content = commissioningContent.parse(JSON.parse(frozen.content));
    return {
      drafts: entries.signedDrafts(content, sha256, signature, signatures.length),
      saved: { ...saved, frozen: { ...frozen, signatures } },
    };
  }

  /** Another site file runs: what stands in both keeps what was found out. */
  #takeOver(): void {
    const saved = this.#saved;
    if (saved === null || saved.frozen !== null) return;
    const config = this.options.config();
    const counted = countedBudgets(config);
    this.#looks.forget();
    this.#keep({
      ...saved,
      items: [...mergedItems(checklistOf(config, counted), saved.items)].slice(0, itemsMax),
      lines: [...mergedFigures(freshFigures(config, counted), saved.lines)],
    });
  }

  #keep(saved: SavedCommissioning | null): void {
    this.#saved = saved;
    this.#serial += 1;
    this.#savedMono = this.options.clock.mono();
    this.#files.save(saved);
  }

  async #read(): Promise<void> {
    try {
      const { saved, isBroken, newestRevision } = await this.#files.read();
      [this.#saved, this.#newestRevision, this.#isRead] = [saved, newestRevision, true];
      this.#serial += 1;
      if (isBroken) this.options.log.error({ folder: this.options.folder }, 'commissioning: current.json is broken');
      if (saved !== null) this.#takeOver();
    } catch (error) {
      this.#trouble = error instanceof Error ? error : new Error(String(error));
      this.options.log.error({ error: String(error) }, 'commissioning');
    }
  }

  #lookLater(): void {
    if (this.#isStopped) return;
    this.#cancelLook = this.options.clock.after(lookEveryMs, () => {
      this.#lookLater();
      this.options.safely(() => this.#look());
    });
  }

  #look(): void {
    const saved = this.#saved;
    const { clock, host } = this.options;
    if (this.#pressed !== null && clock.mono() - this.#pressed.mono > pressMaxMs) {
      this.#pressed = null;
      this.#serial += 1;
    }
    if (saved === null || saved.frozen !== null) return;
    const next = this.#looks.look(saved, {
      wall: clock.wall(),
      clock: clock.trust(),
      config: this.options.config(),
      points: host().points,
    });
    if (next === saved) return;
    this.#saved = next;
    this.#serial += 1;
    // What is measured changes all the time, and a card does not live for ever.
    if (clock.mono() - this.#savedMono >= saveMeasuredMs) this.#keep(next);
  }
}
