/** Lists as people type them in one line: zones, and what sounds. Pure. */
import { textMaxChars } from '../../config/schema-words.js';
import type { WordsYaml } from '../../config/site-schema.js';
import type { Words } from '../../config/vocabulary.js';
import type { SounderAnswer } from './answers-schema.js';
import { freeId, idFrom } from './line-names.js';
import type { FoundRelay } from './plan-outputs.js';
import type { PlannedZone } from './planned-site.js';
import { zoneByName } from './zone-by-name.js';

/** As a site file may have. */
const entriesMax = 64;

export type Typed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly wrong: Words };

function entriesOf(text: string): readonly string[] {
  return text
    .split(/[,，;；、]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

function refuse(zh: string, en: string): { readonly ok: false; readonly wrong: Words } {
  return { ok: false, wrong: { zh, en } };
}

/** `祠堂=ancestral hall，老街=old street`; the English name is what the id is made of. */
export function typedZones(text: string): Typed<readonly PlannedZone[]> {
  const entries = entriesOf(text);
  if (entries.length === 0) return refuse('至少写一个防区', 'name at least one zone');
  if (entries.length > entriesMax) return refuse(`最多 ${entriesMax} 个防区`, `${entriesMax} zones at most`);
  const taken = new Set<string>();
  const zones: PlannedZone[] = [];
  for (const [index, entry] of entries.entries()) {
    const name = typedWords(entry);
    if (name === null)
      return refuse(
        `“${entry}”写不成名称：一个名称最长 ${textMaxChars} 字，= 两边都要有`,
        `"${entry}" is no name: ${textMaxChars} characters at most, and something on both sides of =`,
      );
    const id = freeId(idFrom(typeof name === 'string' ? name : name.en) ?? `zone-${index + 1}`, taken);
    taken.add(id);
    zones.push({ id, name });
  }
  return { ok: true, value: zones };
}

/** `中文=English`, or one text for both. */
export function typedWords(entry: string): WordsYaml | null {
  const [zh = '', en, ...more] = entry.split(/[=＝]/).map((part) => part.trim());
  if (more.length > 0 || zh === '' || en === '' || zh.length > textMaxChars || (en ?? '').length > textMaxChars)
    return null;
  return en === undefined ? zh : { zh, en };
}

/** `relay-1:1@hall=祠堂警铃, gpio17`: what switches it, where it is heard (everywhere when left out), what people call it. */
export function typedSounders(
  text: string,
  relays: readonly FoundRelay[],
  zones: readonly PlannedZone[],
): Typed<readonly SounderAnswer[]> {
  const sounders: SounderAnswer[] = [];
  const named = zones.map(({ id, name }) => ({ id, name: name ?? undefined }));
  const seen = new Set<string>();
  for (const entry of entriesOf(text)) {
    const [, what = '', at, name] = /^([^@＠=＝]+)(?:[@＠]([^=＝]+))?(?:[=＝](.+))?$/.exec(entry) ?? [];
    const zone = at === undefined ? undefined : zoneByName(at, named);
    if (zone === null) {
      const ids = zones.map(({ id }) => id).join(', ');
      return refuse(`没有防区“${at}”；有：${ids}`, `there is no zone "${at}"; there are: ${ids}`);
    }
    const target = typedTarget(what.trim(), relays);
    if (target === null) {
      const known = relays.map(({ device, channels }) => `${device}:1…${channels}`).join(', ');
      const there =
        known === ''
          ? ['没有找到继电器', 'no relays were found']
          : [`找到的继电器：${known}`, `relays that were found: ${known}`];
      return refuse(
        `“${entry}”不是继电器通道或引脚；${there[0]}；引脚写 gpio17 这样`,
        `"${entry}" is neither a relay nor a pin; ${there[1]}; a pin is written gpio17`,
      );
    }
    const key = JSON.stringify(target);
    if (seen.has(key)) return refuse(`“${what}”写了两次`, `"${what}" stands there twice`);
    seen.add(key);
    sounders.push({
      ...target,
      ...(zone === undefined ? {} : { zone }),
      ...(name === undefined ? {} : { name: name.trim() }),
    });
  }
  if (sounders.length > entriesMax) return refuse(`最多 ${entriesMax} 个`, `${entriesMax} at most`);
  return { ok: true, value: sounders };
}

function typedTarget(what: string, relays: readonly FoundRelay[]): Pick<SounderAnswer, 'relay' | 'gpio'> | null {
  const [, pin] = /^gpio ?([0-9]{1,3})$/i.exec(what) ?? [];
  if (pin !== undefined) return Number(pin) <= 511 ? { gpio: { pin: Number(pin) } } : null;
  const [, device, channel = '0'] = /^([a-z0-9-]+)[:：]([0-9]{1,2})$/.exec(what) ?? [];
  const relay = relays.find((each) => each.device === device);
  if (relay === undefined || Number(channel) < 1 || Number(channel) > relay.channels) return null;
  return { relay: { device: relay.device, channel: Number(channel) } };
}
