/** Templates of an uplink: `{{name}}` in a topic and in a JSON text. What may stand there, and what is wrong with one. */
import type { Told } from './problem.js';

export type TemplateKind = 'report' | 'telemetry' | 'status';

/** One word each, known to be harmless and short: they may stand in topics too. */
const addressNames = ['district', 'site', 'code_site', 'uplink', 'client_id', 'username'] as const;

/** Names that may stand in a topic. */
export const topicNames = {
  report: [
    ...addressNames,
    ...['id', 'kind', 'class', 'stream', 'alarm', 'lane', 'subject', 'device', 'key', 'zone', 'epoch', 'boot'],
    ...['sequence', 'code_building', 'code_device'],
  ],
  telemetry: [...addressNames, 'epoch', 'boot', 'sequence'],
  status: [...addressNames, 'state', 'reason'],
} as const satisfies Record<TemplateKind, readonly string[]>;

/** Names that may stand in a payload. `time` is RFC 3339, `ts` milliseconds since 1970; both are null while the clock is untrusted. */
export const payloadNames = {
  report: [
    ...topicNames.report,
    ...['time', 'ts', 'clock', 'mono', 'durable', 'historical', 'previous', 'position'],
    ...['words_zh', 'words_en', 'origin', 'detail'],
  ],
  telemetry: [
    ...topicNames.telemetry,
    ...['time', 'ts', 'clock', 'historical', 'previous', 'position', 'count'],
    ...['values', 'samples', 'devices'],
  ],
  status: [...topicNames.status, 'time', 'ts', 'clock'],
} as const satisfies Record<TemplateKind, readonly string[]>;

export type TopicName = (typeof topicNames)[TemplateKind][number];
export type PayloadName = (typeof payloadNames)[TemplateKind][number];

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  /** `isInText`: between the quotes of a JSON string. */
  | { readonly kind: 'name'; readonly name: string; readonly isInText: boolean };

/** A template in pieces. Text in quotes is told from the rest, because a value is written differently there. */
export function partsOf(template: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let isInText = false;
  let at = 0;
  for (const match of template.matchAll(/\{\{([^{}]*)\}\}/g)) {
    const text = template.slice(at, match.index);
    isInText = endsInText(text, isInText);
    if (text !== '') parts.push({ kind: 'text', text });
    parts.push({ kind: 'name', name: (match[1] ?? '').trim(), isInText });
    at = match.index + match[0].length;
  }
  if (at < template.length) parts.push({ kind: 'text', text: template.slice(at) });
  return parts;
}

function endsInText(text: string, began: boolean): boolean {
  let isInText = began;
  for (const [mark] of text.matchAll(/\\.|"/gs)) if (mark === '"') isInText = !isInText;
  return isInText;
}

export interface TemplateFault {
  readonly key: 'topic' | 'path' | 'payload';
  readonly expected: Told;
  readonly got: string;
}

/** The first thing that is wrong with each half of a template. */
export function* uplinkTemplateFaults(
  kind: TemplateKind,
  template: { readonly topic: string; readonly payload: string },
): Generator<TemplateFault> {
  const topic = topicFault(kind, template.topic);
  if (topic !== null) yield { key: 'topic', ...topic };
  const payload = payloadFault(payloadNames[kind], template.payload);
  if (payload !== null) yield { key: 'payload', ...payload };
}

/** The same of a template with a path behind a url. There is no client id. */
export function* httpTemplateFaults(
  kind: TemplateKind,
  template: { readonly path: string; readonly payload: string },
): Generator<TemplateFault> {
  const path = pathFault(kind, template.path);
  if (path !== null) yield { key: 'path', ...path };
  const payload = payloadFault(
    payloadNames[kind].filter((name) => name !== 'client_id'),
    template.payload,
  );
  if (payload !== null) yield { key: 'payload', ...payload };
}

function pathFault(kind: TemplateKind, path: string): Fault {
  const unknown = unknownName(
    path,
    topicNames[kind].filter((name) => name !== 'client_id'),
  );
  if (unknown !== null) return unknown;
  const literal = path.replaceAll(/\{\{[^{}]*\}\}/g, '');
  const expected = {
    zh: '以 / 开头的路径，只含字母、数字和 . _ ~ / ? & = % -',
    en: 'a path that begins with / and has letters, digits and . _ ~ / ? & = % -',
  };
  if (path !== '' && !path.startsWith('/')) return { expected, got: path };
  const wrong = /[^A-Za-z0-9._~/?&=%-]/.exec(literal);
  return wrong === null ? null : { expected, got: wrong[0] };
}

type Fault = Omit<TemplateFault, 'key'> | null;

function topicFault(kind: TemplateKind, topic: string): Fault {
  const unknown = unknownName(topic, topicNames[kind]);
  if (unknown !== null) return unknown;
  const literal = topic.replaceAll(/\{\{[^{}]*\}\}/g, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a topic must not have any
  const wrong = /[+#{}\u0000-\u001f\u007f-\u009f]/.exec(literal);
  if (wrong === null) return null;
  const expected = { zh: '不含 + # { } 的主题', en: 'a topic without + # { }' };
  return { expected, got: wrong[0] };
}

function payloadFault(names: readonly string[], payload: string): Fault {
  const unknown = unknownName(payload, names);
  if (unknown !== null) return unknown;
  // Filled in with the one value that may stand everywhere, also as a key.
  const probe = partsOf(payload).map((part) => (part.kind === 'text' ? part.text : part.isInText ? '' : '""'));
  try {
    JSON.parse(probe.join(''));
    return null;
  } catch (error) {
    const expected = { zh: '填入后是 JSON；字符串以外的 {{…}} 不加引号', en: 'JSON once it is filled in' };
    return { expected, got: error instanceof Error ? error.message : String(error) };
  }
}

function unknownName(text: string, known: readonly string[]): Fault {
  for (const part of partsOf(text)) {
    if (part.kind === 'name' && !known.includes(part.name)) return { expected: known.join(', '), got: part.name };
  }
  return null;
}
