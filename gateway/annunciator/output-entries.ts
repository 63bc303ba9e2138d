import type { OutputConfig } from '../../config/site.js';
import type { Words } from '../../config/vocabulary.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { Desired } from './desired-outputs.js';

type OutputKind = 'output.found_on' | 'output.commanded' | 'output.proven';

const did: Readonly<Record<'commanded' | 'proven', readonly [on: Words, off: Words]>> = {
  commanded: [
    { zh: '打开', en: 'is switched on' },
    { zh: '关闭', en: 'is switched off' },
  ],
  proven: [
    { zh: '已证实打开', en: 'is proven on' },
    { zh: '已证实关闭', en: 'is proven off' },
  ],
};

export function foundOnEntry(config: OutputConfig): EntryDraft {
  return entry(
    config,
    'output.found_on',
    null,
    {},
    { zh: '启动时已打开，保持', en: 'was found on at start and is left on' },
  );
}

export function commandedEntry(config: OutputConfig, on: boolean, desired: Desired | null): EntryDraft {
  return entry(config, 'output.commanded', desired, { on, ...whyOf(desired) }, did.commanded[on ? 0 : 1]);
}

/** `by`: everything that has shown it. */
export function provenEntry(config: OutputConfig, on: boolean, desired: Desired | null, tookMs: number): EntryDraft {
  const by = ['read-back', ...(config.proof === undefined ? [] : [config.proof.point])];
  const detail = { on, took_ms: Math.round(tookMs * 10) / 10, by, ...whyOf(desired) };
  return entry(config, 'output.proven', desired, detail, did.proven[on ? 0 : 1]);
}

function whyOf(desired: Desired | null): EntryDraft['detail'] {
  const exercise = desired?.exercise;
  return { alarms: desired?.because ?? [], ...(exercise === undefined ? {} : { exercise }) };
}

function entry(
  { id, name, zone }: OutputConfig,
  kind: OutputKind,
  desired: Desired | null,
  detail: EntryDraft['detail'],
  what: Words,
): EntryDraft {
  return {
    kind,
    class: null,
    subject: `output:${id}`,
    alarm: desired?.because[0] ?? null,
    zone,
    words: { zh: `${name.zh} ${what.zh}`, en: `${name.en} ${what.en}` },
    origin: null,
    detail: { output: id, ...detail },
  };
}
