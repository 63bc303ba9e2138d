/** What is journaled of an order of the district. */
import type { UplinkId } from '../../../config/ids.js';
import type { Words } from '../../../config/vocabulary.js';
import type { EntryDraft } from '../../../sync/journal/entry.js';
import type { CommandRow } from '../../../sync/journal/store.js';
import type { DistrictCommand } from '../../../sync/messages/command.js';
import { districtOrderWords } from './district-words.js';
import type { Outcome } from './outcome.js';

const about = { class: null, subject: 'gateway', alarm: null, zone: null } as const;

export const unknownWords: Words = {
  zh: '执行结果不明：执行中网关重启，不会重做',
  en: 'nobody knows how it ended: the gateway was restarted meanwhile; it is not done again',
};

export function acceptedDraft({ id, what }: DistrictCommand, origin: string, uplink: UplinkId): EntryDraft {
  const { zh, en } = districtOrderWords[what.order];
  const zones = 'zones' in what ? (what.zones ?? null) : null;
  return {
    ...{ ...about, kind: 'command.accepted', origin },
    words: { zh: `接受平台指令：${zh}`, en: `took an order of the district: ${en}` },
    detail: { command: id, order: what.order, uplink, ...(zones === null ? {} : { zones }) },
  };
}

export function endedDraft({ id, keyId }: CommandRow, outcome: Outcome): EntryDraft {
  const { zh, en } = outcome.words;
  const origin = `centre:${keyId}`;
  if (outcome.state === 'done') {
    const words = { zh: `平台指令已执行：${zh}`, en: `an order of the district is done: ${en}` };
    return { ...{ ...about, kind: 'command.done', origin, words }, detail: { command: id } };
  }
  const words = { zh: `平台指令未能执行：${zh}`, en: `an order of the district failed: ${en}` };
  return { ...{ ...about, kind: 'command.failed', origin, words }, detail: { command: id, reason: outcome.reason } };
}

export function unknownDraft({ id, keyId }: CommandRow): EntryDraft {
  return {
    ...{ ...about, kind: 'command.failed', origin: `centre:${keyId}` },
    words: { zh: `平台指令${unknownWords.zh}`, en: `an order of the district: ${unknownWords.en}` },
    detail: { command: id, reason: 'restarted', state: 'unknown' },
  };
}

/** A centre that signs nothing wants all states told anew; its uplink does so, and nothing here changes. */
export function initialiseDraft(uplink: UplinkId): EntryDraft {
  const words = { zh: '平台请求重新上报全部状态', en: 'the district asks for all states anew' };
  return {
    ...about,
    kind: 'command.accepted',
    origin: `centre:${uplink}`,
    words,
    detail: { order: 'initialise', uplink },
  };
}
