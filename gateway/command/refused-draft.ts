import type { EntryDraft } from '../../sync/journal/entry.js';

/** An order that the desk refused: who gave it, and why not. */
export function refusedDraft(
  { kind, origin }: { readonly kind: string; readonly origin: string },
  reason: string,
): EntryDraft {
  return {
    kind: 'command.refused',
    class: null,
    subject: 'gateway',
    alarm: null,
    zone: null,
    words: { zh: `拒绝命令 ${kind}：${reason}`, en: `command ${kind} refused: ${reason}` },
    origin,
    detail: { command: kind, reason },
  };
}
