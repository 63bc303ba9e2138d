/** Everything of a site that can be at fault, or due, beside its points. */

import type { UplinkId } from '../../config/ids.js';
import type {
  BoxFigure,
  LineConfig,
  OutputConfig,
  SiteConfig,
  SpeakerConfig,
  StreamConfig,
  UnitConfig,
  UpkeepConfig,
  UplinkConfig,
} from '../../config/site.js';
import { uplinkCertificate } from '../../config/uplinks/uplink-reach.js';
import type { Words } from '../../config/vocabulary.js';
import { type FaultKind, faultSubject, type Subject } from './subject.js';

export const lockSubject = faultSubject('lock', 'data', { zh: '数据目录锁', en: 'data directory lock' });
export const journalSubject = faultSubject('journal', 'main', { zh: '记录存储', en: 'journal' });
export const stateSubject = faultSubject('state', 'restore', { zh: '报警状态', en: 'alarm state' });
export const panelSubject = faultSubject('panel', 'main', { zh: '值班面板', en: 'duty panel' });
/** It has ended three times in a row: for a minute only the watch itself runs. */
export const reducedSubject = faultSubject('start', 'reduced', { zh: '减载启动', en: 'reduced start' });
export const gpioSubject = faultSubject('gpio', 'board', { zh: 'GPIO', en: 'GPIO' });

type Sited = Pick<UnitConfig | StreamConfig, 'id' | 'name' | 'place' | 'zone'>;

function sited(kind: FaultKind, { id, name, place, zone }: Sited, what: Words = { zh: '', en: '' }): Subject {
  const zh = `${place === null ? '' : `${place.zh} `}${name.zh}${what.zh}`;
  const en = `${place === null ? '' : `${place.en}, `}${name.en}${what.en}`;
  return faultSubject(kind, id, { zh, en }, zone);
}

/** A unit, or a device with a dialect of its own, that is not heard. */
export function unitSubject(unit: Sited): Subject {
  return sited('unit', unit);
}

/** A unit whose settings are not what they must be. */
export function setupSubject(unit: UnitConfig): Subject {
  return sited('setup', unit, { zh: '的设置', en: ', settings' });
}

/** A unit that answers, but not for all of its registers. */
export function registersSubject(unit: UnitConfig): Subject {
  return sited('registers', unit, { zh: '的寄存器', en: ', registers' });
}

/** An address that several units answer for. */
export function addressSubject(unit: UnitConfig): Subject {
  return sited('address', unit, { zh: `的地址 ${unit.address}`, en: `, address ${unit.address}` });
}

export function lineSubject(line: LineConfig): Subject {
  return faultSubject('line', line.id, line.name);
}

/** A line that sees its fire points later than it must. */
export function budgetSubject(line: LineConfig): Subject {
  return faultSubject('budget', line.id, { zh: `${line.name.zh}的巡检时限`, en: `${line.name.en}, scan deadline` });
}

export function outputSubject(output: Pick<OutputConfig, 'id' | 'name' | 'zone'>): Subject {
  return faultSubject('output', output.id, output.name, output.zone);
}

/** A loudspeaker that can not be played on, or not with what it was to say. */
export function speakerSubject(speaker: Pick<SpeakerConfig, 'id' | 'name' | 'zone'>): Subject {
  return faultSubject('speaker', speaker.id, speaker.name, speaker.zone);
}

/** A siren that its last test did not prove; stands until one does. */
export function sirenTestSubject({ id, name, zone }: Pick<OutputConfig, 'id' | 'name' | 'zone'>): Subject {
  return faultSubject('siren-test', id, { zh: `${name.zh}试鸣`, en: `${name.en}, test` }, zone);
}

/** Nobody has practised for too long. */
export const drillDueSubject: Subject = {
  key: 'upkeep:drill',
  class: 'technical',
  zone: null,
  name: { zh: '消防演练', en: 'fire drill' },
};

/** More is written to the card than it should be. */
export const cardSubject: Subject = {
  key: 'upkeep:card',
  class: 'technical',
  zone: null,
  name: { zh: '存储卡写入量', en: 'writes to the card' },
};

/** Measurements rest because the SIM's data are nearly used up. */
export function dataBudgetSubject(uplink: UplinkId): Subject {
  const name = { zh: `上传通道 ${uplink} 的流量`, en: `data of uplink ${uplink}` };
  return { key: `upkeep:data:${uplink}`, class: 'technical', zone: null, name };
}

/** The certificate with which the uplink signs in will end. */
export function certificateSubject({ id }: Pick<UplinkConfig, 'id'>): Subject {
  const name = { zh: `上传通道 ${id} 的证书`, en: `certificate of uplink ${id}` };
  return { key: `upkeep:certificate:${id}`, class: 'technical', zone: null, name };
}

export function uplinkSubject(uplink: UplinkConfig): Subject {
  return faultSubject('uplink', uplink.id, { zh: `上传通道 ${uplink.id}`, en: `uplink ${uplink.id}` });
}

/** The centre can be reached and takes some reports, but not these. */
export function refusedSubject(uplink: UplinkConfig): Subject {
  return faultSubject('refused', uplink.id, {
    zh: `上传通道 ${uplink.id} 的部分报告被平台拒收`,
    en: `reports that the centre of uplink ${uplink.id} refuses`,
  });
}

/** The centre has confirmed nothing for so long that the journal lets go, or soon will, of what it was not told. */
export function unusedSubject(uplink: Pick<UplinkConfig, 'id'>): Subject {
  return faultSubject('unused', uplink.id, {
    zh: `上传通道 ${uplink.id} 长期未用`,
    en: `uplink ${uplink.id}, not used for long`,
  });
}

/** The centre can be reached, and yet orders or receipts can not come from there; or it does not take what it is told of the devices. */
export function impairedSubject(uplink: UplinkConfig): Subject {
  if (uplink.kind === 'http') {
    return faultSubject('impaired', uplink.id, {
      zh: `上传通道 ${uplink.id} 的设备安装信息`,
      en: `what the centre of uplink ${uplink.id} is told of the devices`,
    });
  }
  return faultSubject('impaired', uplink.id, {
    zh: `上传通道 ${uplink.id} 的下行`,
    en: `what comes down from the centre of uplink ${uplink.id}`,
  });
}

/** The link looks open, and yet nothing is heard from there, or nothing is confirmed. */
export function pathSubject(uplink: Pick<UplinkConfig, 'id'>): Subject {
  return faultSubject('path', uplink.id, {
    zh: `上传通道 ${uplink.id} 的通路`,
    en: `path of uplink ${uplink.id}`,
  });
}

/** The centre takes what it is sent, and does not say that it has kept it. */
export function receiptSubject(uplink: UplinkConfig): Subject {
  return faultSubject('receipt', uplink.id, {
    zh: `上传通道 ${uplink.id} 的平台回执`,
    en: `receipts of the centre of uplink ${uplink.id}`,
  });
}

/** A device that wants to be looked after. No fault: it works, and somebody should come by and by. */
export function upkeepSubject({ device, name, place, zone, what }: Omit<UpkeepConfig, 'dueWall'>): Subject {
  const does = what === 'calibrate' ? { zh: '校准', en: 'calibration' } : { zh: '更换', en: 'replacement' };
  const { name: called } = sited('unit', { id: device, name, place, zone }, { zh: ` ${does.zh}`, en: `, ${does.en}` });
  return { key: `upkeep:${device}:${what}`, class: 'technical', zone, name: called };
}

export function loopSubject(loop: string): Subject {
  return faultSubject('loop', loop, { zh: `循环 ${loop}`, en: `loop ${loop}` });
}

/** The loop that looks at what the gateway measures about itself. */
export const boxLoop = 'box';
const boxFigures: readonly BoxFigure[] = [
  ...(['temperature', 'disk_free', 'memory', 'supply'] as const),
  ...(['mains', 'battery_voltage', 'battery_charge', 'battery_cell'] as const),
];

/** The loop that asks one sensor of the box. */
export function boxSensorLoop(what: BoxFigure): string {
  return `${boxLoop}:${what}`;
}

/** All of them, upkeep as well: a saved fault of anything else has left the config. */
export function faultSubjectsOf(config: SiteConfig): readonly Subject[] {
  return [
    ...[lockSubject, journalSubject, stateSubject, reducedSubject, gpioSubject, drillDueSubject, cardSubject],
    ...(config.panel === null ? [] : [panelSubject]),
    ...['scan:gpio', 'outputs', 'lines', 'telemetry', boxLoop, ...boxFigures.map(boxSensorLoop)].map(loopSubject),
    ...config.lines.flatMap((line) => [lineSubject(line), budgetSubject(line)]),
    ...config.units.flatMap((unit) => [
      ...[unitSubject, setupSubject, registersSubject, addressSubject].map((subjectOf) => subjectOf(unit)),
      loopSubject(`scan:${unit.id}`),
    ]),
    ...config.streams.map(unitSubject),
    ...[...config.outputs, ...config.heartbeats].map(outputSubject),
    ...config.speakers.map(speakerSubject),
    ...config.outputs.filter(({ kind }) => kind !== 'lamp').map(sirenTestSubject),
    ...config.uplinks.flatMap((uplink) =>
      [uplinkSubject, refusedSubject, impairedSubject, unusedSubject, pathSubject].map((of) => of(uplink)),
    ),
    ...config.uplinks.filter(({ receipts }) => receipts !== 'none').map(receiptSubject),
    ...config.uplinks.map(({ id }) => dataBudgetSubject(id)),
    ...config.uplinks.filter((uplink) => uplinkCertificate(uplink) !== null).map(certificateSubject),
    ...config.upkeep.map(upkeepSubject),
  ];
}
