/** What is wired to which terminal: the list that a person holds beside the box. From the site file as it is written. Pure. */
import { isContact } from '../../config/profile-kind.js';
import type { DeviceProfile } from '../../config/profile-schema.js';
import type { DeviceYaml, SiteYaml } from '../../config/site-schema.js';
import type { Words } from '../../config/vocabulary.js';
import { headerPin } from './header-pins.js';
import { labelled, wordsOf } from './labelled.js';

export interface Terminal {
  /** The line, module or header that it belongs to. */
  readonly at: Words;
  readonly terminal: Words;
  /** Id of what is wired there. */
  readonly id: string;
  readonly what: Words;
  /** What must be known there; null: nothing. */
  readonly note: Words | null;
}

/** In the order in which a person goes along: line by line, module by module, then the pins. */
export function wiringList(site: SiteYaml, profiles: ReadonlyMap<string, DeviceProfile>): readonly Terminal[] {
  const whatOf = whatWasNamed(site, profiles);
  const restOf: RestOf = ({ contact, profile: id }) => {
    const profile = profiles.get(id);
    const rest = contact ?? (profile !== undefined && isContact(profile) ? profile.contact.usual : undefined);
    return rest === undefined ? null : contactWords[rest];
  };
  return [...onLines(site, profiles, whatOf), ...onModules(site, whatOf, restOf), ...onPins(site, whatOf, restOf)];
}

type WhatOf = (id: string) => Words;
/** How a contact stands while all is well; null: it is none. */
type RestOf = (device: DeviceYaml) => Words | null;

function whatWasNamed(site: SiteYaml, profiles: ReadonlyMap<string, DeviceProfile>): WhatOf {
  const things = new Map(labelled(site, profiles).map((thing) => [thing.id, thing]));
  return (id) => {
    const thing = things.get(id);
    if (thing === undefined) return { zh: id, en: id };
    const told = (lang: 'zh' | 'en'): string =>
      [thing.zone?.[lang], thing.place?.[lang], thing.name[lang]].filter((text) => text !== undefined).join(' · ');
    return { zh: told('zh'), en: told('en') };
  };
}

function onLines(site: SiteYaml, profiles: ReadonlyMap<string, DeviceProfile>, whatOf: WhatOf): Terminal[] {
  return site.lines.flatMap((line) => {
    const where = line.path ?? `${line.host}:${line.port}`;
    const name = wordsOf(line.name, line.id);
    const at = { zh: `线路 ${line.id} ${name.zh}（${where}）`, en: `line ${line.id} ${name.en} (${where})` };
    const units = site.devices.filter((device) => device.line === line.id);
    return [...units]
      .sort((one, other) => (one.unit ?? 0) - (other.unit ?? 0))
      .map((device): Terminal => {
        const terminal =
          device.unit === undefined
            ? { zh: '串口', en: 'port' }
            : { zh: `地址 ${device.unit}`, en: `address ${device.unit}` };
        return {
          at,
          terminal,
          id: device.id,
          what: whatOf(device.id),
          note: profiles.get(device.profile)?.wiring ?? null,
        };
      });
  });
}

function onModules(site: SiteYaml, whatOf: WhatOf, restOf: RestOf): Terminal[] {
  return site.devices.flatMap((module) => {
    const at = {
      zh: `模块 ${module.id}（${whatOf(module.id).zh}）`,
      en: `module ${module.id} (${whatOf(module.id).en})`,
    };
    const inputs = site.devices.flatMap((device) => {
      const { id, input } = device;
      return input?.device === module.id && input.channel !== undefined
        ? [{ channel: input.channel, id, side: inputWords, note: restOf(device) }]
        : [];
    });
    const relays = site.outputs.flatMap(({ id, relay, on_control_lost }) =>
      relay?.device === module.id
        ? [{ channel: relay.channel, id, side: relayWords, note: lostWords(on_control_lost) }]
        : [],
    );
    const byChannel = (one: { readonly channel: number }, other: { readonly channel: number }) =>
      one.channel - other.channel;
    return [...inputs.sort(byChannel), ...relays.sort(byChannel)].map(({ channel, id, side, note }): Terminal => {
      const terminal = { zh: `${side.zh} ${channel}`, en: `${side.en} ${channel}` };
      return { at, terminal, id, what: whatOf(id), note };
    });
  });
}

function onPins(site: SiteYaml, whatOf: WhatOf, restOf: RestOf): Terminal[] {
  const at = { zh: '主机排针', en: 'header of the box' };
  const inputs = site.devices.flatMap((device) => {
    const gpio = device.input?.gpio;
    return gpio === undefined ? [] : [{ gpio, id: device.id, note: restOf(device) }];
  });
  const outputs = site.outputs.flatMap(({ id, gpio, on_control_lost }) =>
    gpio === undefined ? [] : [{ gpio: gpio.pin, id, note: lostWords(on_control_lost) }],
  );
  return [...inputs, ...outputs]
    .sort((one, other) => one.gpio - other.gpio)
    .map(({ gpio, id, note }): Terminal => {
      const pin = headerPin(gpio);
      const terminal = {
        zh: `GPIO${gpio}${pin === null ? '' : `（第 ${pin} 脚）`}`,
        en: `GPIO${gpio}${pin === null ? '' : ` (pin ${pin})`}`,
      };
      return { at, terminal, id, what: whatOf(id), note };
    });
}

const inputWords: Words = { zh: '输入', en: 'input' };
const relayWords: Words = { zh: '继电器', en: 'relay' };
const contactWords = {
  normally_open: { zh: '常开', en: 'normally open' },
  normally_closed: { zh: '常闭', en: 'normally closed' },
} as const;

function lostWords(promise: 'keep_sounding' | 'go_quiet' | undefined): Words | null {
  if (promise === undefined) return null;
  return promise === 'keep_sounding'
    ? { zh: '失去控制时继续响', en: 'goes on sounding when control is lost' }
    : { zh: '失去控制时停', en: 'goes quiet when control is lost' };
}

/** As text, without the last line end. */
export function wiringText(terminals: readonly Terminal[], lang: 'zh' | 'en'): string {
  const lines: string[] = [];
  let at: string | null = null;
  for (const { at: group, terminal, id, what, note } of terminals) {
    if (group[lang] !== at) lines.push(...(at === null ? [] : ['']), group[lang]);
    at = group[lang];
    lines.push(`  ${terminal[lang]}  →  ${id}  ${what[lang]}${note === null ? '' : `  〔${note[lang]}〕`}`);
  }
  return lines.join('\n');
}
