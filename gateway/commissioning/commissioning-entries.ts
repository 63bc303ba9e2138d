/** What the journal, and in part the district, hears of a commissioning. Names of people stand in details of `commissioning.noted` only, which
 * stays on the box. Pure. */
import type { EntryKind, Words } from '../../config/vocabulary.js';
import type { EntryDraft, JsonValue } from '../../sync/journal/entry.js';
import type { CommissioningContent, CommissioningItem, Signature, Tally } from '../panel/api/commissioning.js';
import { roleWords, stateWords } from './commissioning-words.js';

type Detail = Readonly<Record<string, JsonValue>>;

export function begunDraft(revision: number, items: number, origin: string): EntryDraft {
  const words = {
    zh: `验收开始（第 ${revision} 版），测试项 ${items} 个`,
    en: `commissioning begun (revision ${revision}), ${items} items`,
  };
  return draft('commissioning.begun', 'gateway', words, origin, { revision, items });
}

/** `detail` may name people. */
export function notedDraft(words: Words, origin: string, detail: Detail): EntryDraft {
  return draft('commissioning.noted', 'gateway', words, origin, detail);
}

export function itemWords(item: CommissioningItem, what: Words): Words {
  const { zh, en } = nameOf(item);
  return { zh: `验收：${zh}，${what.zh}`, en: `commissioning: ${en}, ${what.en}` };
}

export function judgedDraft(item: CommissioningItem, origin: string): EntryDraft {
  const { id, state, reason, isHeard } = item;
  return notedDraft(itemWords(item, stateWords[state]), origin, { item: id, state, reason, heard: isHeard });
}

/** A test report: what it takes to be carried and kept is measured by it. */
export function probedDraft(uplink: string, origin: string): EntryDraft {
  const words = { zh: '验收测试报文', en: 'a test report of the commissioning' };
  return draft('commissioning.probed', `uplink:${uplink}`, words, origin, { uplink });
}

/** Who signed by name is told to nobody but the box's own journal. */
export function signedDrafts(
  content: CommissioningContent,
  sha256: string,
  { role, name, organisation, by }: Signature,
  count: number,
): readonly EntryDraft[] {
  const { revision, tally, version, siteSha256, warranty } = content;
  const role_ = roleWords[role];
  const words = {
    zh: `验收第 ${revision} 版已签字（${role_.zh}）：${tallyWords(tally).zh}`,
    en: `commissioning revision ${revision} signed (${role_.en}): ${tallyWords(tally).en}`,
  };
  const { passed, failed, notApplicable, notTested } = tally;
  const detail = {
    ...{ revision, sha256, role, signatures: count, passed, failed },
    ...{ not_applicable: notApplicable, not_tested: notTested, version, site_sha256: siteSha256 },
    warranty_until: warranty?.until ?? null,
  };
  return [
    draft('commissioning.signed', 'gateway', words, by, detail),
    notedDraft({ zh: `验收签字（${role_.zh}）`, en: `commissioning signed (${role_.en})` }, by, {
      ...{ revision, sha256, role, name, organisation },
    }),
  ];
}

export function tallyWords({ passed, failed, notApplicable, notTested }: Tally): Words {
  return {
    zh: `通过 ${passed}，不通过 ${failed}，不适用 ${notApplicable}，未测 ${notTested}`,
    en: `${passed} passed, ${failed} failed, ${notApplicable} not applicable, ${notTested} not tested`,
  };
}

export function nameOf({ place, name }: Pick<CommissioningItem, 'place' | 'name'>): Words {
  return place === null ? name : { zh: `${place.zh} ${name.zh}`, en: `${place.en}, ${name.en}` };
}

function draft(kind: EntryKind, subject: string, words: Words, origin: string, detail: Detail): EntryDraft {
  return { kind, class: null, subject, alarm: null, zone: null, words, origin, detail };
}
