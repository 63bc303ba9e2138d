/** What the launcher says when it went back to the version before (systemd/package/gengfu-start), as an entry for the village and its district. */
import type { Words } from '../config/vocabulary.js';
import type { EntryDraft } from '../sync/journal/entry.js';

const reasonWords = {
  'not-ready': { zh: '启动后没有就绪', en: 'it did not become ready' },
  crashed: { zh: '就绪后不久中断', en: 'it ended soon after it was ready' },
  'site-file': { zh: '不接受现有的站点文件', en: 'it does not take the site file' },
} as const satisfies Record<string, Words>;
type Reason = keyof typeof reasonWords;

const nameMaxChars = 60;
const shape = /^([\w.~+-]+) ([\w.~+-]+) ([a-z-]+) (\d{1,6})$/;

/** `told`: "FROM TO REASON FAILED-STARTS", as the launcher puts it into GENGFU_ROLLED_BACK. Null: it said nothing that can be understood. */
export function versionRolledBackDraft(told: string | undefined): EntryDraft | null {
  const [, from = '', to = '', reason = '', failed = '0'] = shape.exec(told ?? '') ?? [];
  if (from === '' || from.length > nameMaxChars || to.length > nameMaxChars || !isReason(reason)) return null;
  const why = reasonWords[reason];
  const words = {
    zh: `程序版本 ${from} 退回到 ${to}：${why.zh}`,
    en: `version ${from} is rolled back to ${to}: ${why.en}`,
  };
  const detail = { from, to, reason, failed_starts: Number(failed) };
  return {
    ...{ kind: 'gateway.rolled_back', class: null, subject: 'gateway', alarm: null, zone: null },
    ...{ words, origin: null, detail },
  };
}

function isReason(text: string): text is Reason {
  return Object.hasOwn(reasonWords, text);
}
