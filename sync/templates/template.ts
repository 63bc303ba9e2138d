/** Fills in the templates of an uplink: a value stays one value, whatever outside text it is made of. Pure. */
import { partsOf, type TemplatePart } from '../../config/uplink-template.js';
import type { JsonValue } from '../journal/entry.js';

export type TemplateValues = Readonly<Record<string, JsonValue>>;

/** What stands in a topic or path for something that there is not. */
const noneInTopic = 'none';

/** Text for a JSON payload: a whole value, or the inside of a string where the template has quotes around it. */
export class PayloadTemplate {
  readonly #parts: readonly TemplatePart[];

  constructor(template: string) {
    this.#parts = partsOf(template);
  }

  fill(values: TemplateValues): string {
    return this.#parts.map((part) => (part.kind === 'text' ? part.text : written(part, values))).join('');
  }
}

function written({ name, isInText }: TemplatePart & { kind: 'name' }, values: TemplateValues): string {
  const value = values[name] ?? null;
  if (!isInText) return JSON.stringify(value);
  return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : value === null ? '' : inside(value);
}

function inside(value: JsonValue): string {
  return JSON.stringify(JSON.stringify(value)).slice(1, -1);
}

/** A topic: no value can add a level, a wildcard or a leading `$` to it. */
export class TopicTemplate {
  readonly #parts: readonly TemplatePart[];

  constructor(template: string) {
    this.#parts = partsOf(template);
  }

  fill(values: TemplateValues): string {
    return this.#parts
      .map((part, index) => (part.kind === 'text' ? part.text : level(values[part.name] ?? null, index === 0)))
      .join('');
  }
}

/** A path behind a url: no value can add a step, a query or a fragment to it. */
export class PathTemplate {
  readonly #parts: readonly TemplatePart[];

  constructor(template: string) {
    this.#parts = partsOf(template);
  }

  fill(values: TemplateValues): string {
    return this.#parts.map((part) => (part.kind === 'text' ? part.text : step(values[part.name] ?? null))).join('');
  }
}

function step(value: JsonValue): string {
  if (value === null || value === '') return noneInTopic;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // `.` and `..` would be steps back. A half of a surrogate pair can not be written.
  return encodeURIComponent(Buffer.from(text).toString()).replace(/^\.+$/, (dots) => dots.replaceAll('.', '%2E'));
}

function level(value: JsonValue, isFirst: boolean): string {
  if (value === null || value === '') return noneInTopic;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a broker closes the connection for them
  const safe = text.replaceAll(/[+#/%\u0000-\u001f\u007f-\u009f]/g, (mark) => encodeURIComponent(mark));
  return isFirst && safe.startsWith('$') ? `%24${safe.slice(1)}` : safe;
}
