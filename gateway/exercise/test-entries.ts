/** What is journaled of tests by hand: what a person heard or saw, and an entry that is there to be told. Pure. */
import type { Words } from '../../config/vocabulary.js';
import type { EntryDraft } from '../../sync/journal/entry.js';

export type NotedTest = 'siren' | 'speaker' | 'lamp';

const senses: Readonly<Record<NotedTest, readonly [good: Words, bad: Words]>> = {
  siren: [
    { zh: '听到了', en: 'was heard' },
    { zh: '没有听到', en: 'was not heard' },
  ],
  speaker: [
    { zh: '听到了', en: 'was heard' },
    { zh: '没有听到', en: 'was not heard' },
  ],
  lamp: [
    { zh: '看到了', en: 'was seen' },
    { zh: '没有看到', en: 'was not seen' },
  ],
};

/** A person's word, by name: what the relay says is in entries of its own. */
export function testNoted(what: NotedTest, id: string, name: Words, isGood: boolean, origin: string): EntryDraft {
  const told = senses[what][isGood ? 0 : 1];
  const words = { zh: `测试 ${name.zh}：${told.zh}`, en: `test of ${name.en}: it ${told.en}` };
  return draft(words, origin, { what, id, good: isGood });
}

export function uplinkTested(id: string, origin: string): EntryDraft {
  const words = { zh: `上报测试：${id}`, en: `a test of uplink ${id}` };
  return draft(words, origin, { what: 'uplink', id });
}

function draft(words: Words, origin: string, detail: EntryDraft['detail']): EntryDraft {
  return { kind: 'test.noted', class: null, subject: 'gateway', alarm: null, zone: null, words, origin, detail };
}
