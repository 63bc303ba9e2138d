/** Everything of a site that can be at fault beside its points. */
import type { OutputConfig, SiteConfig, UnitConfig, UplinkConfig } from '../../config/site.js';
import { faultSubject, type Subject } from './subject.js';

export const lockSubject = faultSubject('lock', 'data', { zh: '数据目录锁', en: 'data directory lock' });
export const journalSubject = faultSubject('journal', 'main', { zh: '记录存储', en: 'journal' });
export const stateSubject = faultSubject('state', 'restore', { zh: '报警状态', en: 'alarm state' });
export const gpioSubject = faultSubject('gpio', 'board', { zh: 'GPIO', en: 'GPIO' });

export function unitSubject(unit: UnitConfig): Subject {
  const name =
    unit.place === null
      ? unit.name
      : { zh: `${unit.place.zh} ${unit.name.zh}`, en: `${unit.place.en}, ${unit.name.en}` };
  return faultSubject('unit', unit.id, name, unit.zone);
}

export function outputSubject(output: OutputConfig): Subject {
  return faultSubject('output', output.id, output.name, output.zone);
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

export function loopSubject(loop: string): Subject {
  return faultSubject('loop', loop, { zh: `循环 ${loop}`, en: `loop ${loop}` });
}

/** Keys of all of them: a saved fault of anything else has left the config. */
export function faultKeysOf(config: SiteConfig): ReadonlySet<string> {
  const subjects = [
    ...[lockSubject, journalSubject, stateSubject, gpioSubject, loopSubject('scan:gpio'), loopSubject('outputs')],
    ...config.lines.map((line) => faultSubject('line', line.id, line.name)),
    ...config.units.flatMap((unit) => [unitSubject(unit), loopSubject(`scan:${unit.id}`)]),
    ...config.outputs.map(outputSubject),
    ...config.uplinks.flatMap((uplink) => [uplinkSubject(uplink), refusedSubject(uplink)]),
  ];
  return new Set(subjects.map(({ key }) => key));
}
