/** The site as the panel draws it: what does not change while a site file runs. Pure. */
import type { PlanConfig, PointConfig, SiteConfig } from '../../../config/site.js';
import { usualSteps } from '../../../config/site-defaults.js';
import { alarmClasses, type Words } from '../../../config/vocabulary.js';
import { sampledPoints } from '../../telemetry/sampled-points.js';
import type { Household, SiteInfo } from '../api/site.js';
import { deviceOf } from './subject-places.js';

export interface PanelSite {
  readonly site: SiteInfo;
  /** Personal data. */
  readonly households: readonly Household[];
}

export function panelSite(config: SiteConfig, timeZone: string): PanelSite {
  const sampled = sampledPoints(config);
  const { site, zones, lines, outputs, speakers, messages, uplinks, households } = config;
  return {
    site: {
      ...{ id: site.id, district: site.district, name: site.name, timeZone },
      zones: zones.map(({ id, name }) => ({ id, name })),
      lines: lines.map(({ id, name, protocol }) => ({ id, name, protocol })),
      devices: [...config.units, ...config.streams].map(({ id, name, line, zone, place, profileId: profile }) => ({
        ...{ id, name, line, zone, place, profile },
      })),
      points: config.points.map((point) => pointInfo(point, sampled.has(point.id))),
      outputs: outputs.map(({ id, name, kind, zone }) => ({ id, name, kind, zone })),
      speakers: speakers.map(({ id, name, zone }) => ({ id, name, zone })),
      messages: messages.map(({ id, name, text }) => ({ id, name, text: text === null ? null : same(text) })),
      programme: config.programme.map(({ at, say }) => ({
        at,
        words: messages.find(({ id }) => id === say.message)?.name ?? same(say.message),
      })),
      uplinks: uplinks.map(({ id }) => ({ id, name: { zh: `上传通道 ${id}`, en: `uplink ${id}` } })),
      steps: stepsOf(config.plans),
      care: careOf(households),
    },
    households: households.map(({ care, near, ...rest }) => ({ ...rest, care: [...care], near: [...near] })),
  };
}

function pointInfo(point: PointConfig, isSampled: boolean): SiteInfo['points'][number] {
  const { id, name, role, class: alarmClass, zone, place, physicalUnit, limits, severities, stateNames } = point;
  return {
    ...{ id, name, role, class: alarmClass, zone, place, physicalUnit, isSampled },
    device: deviceOf(point),
    limits: limits === undefined ? null : { low: limits.low, high: limits.high },
    states: Object.fromEntries(Object.keys(severities).map((key) => [key, stateNames?.[key] ?? same(key)])),
    severities: { ...severities },
  };
}

/** What plans say first, and then what is usual for each class: the first that fits an alarm is meant for it. */
function stepsOf(plans: readonly PlanConfig[]): SiteInfo['steps'] {
  const own = plans.flatMap(({ when, whatToDo }) => {
    if (whatToDo === undefined) return [];
    return [{ class: when.class, zones: when.zones === 'all' ? null : [...when.zones], steps: [...whatToDo] }];
  });
  const usual = alarmClasses.map((each) => ({ class: each, zones: null, steps: [...usualSteps[each]] }));
  return [...own.filter(({ zones }) => zones !== null), ...own.filter(({ zones }) => zones === null), ...usual];
}

/** Of the households no more than their doors, and how many there are behind each. */
function careOf(households: SiteConfig['households']): SiteInfo['care'] {
  const doors = new Map<string, SiteInfo['care'][number]>();
  for (const { zone, door } of households) {
    const key = JSON.stringify([zone, door.zh]);
    const before = doors.get(key)?.households ?? 0;
    doors.set(key, { zone, place: door, households: before + 1 });
  }
  return [...doors.values()];
}

/** What is written once is the same in both languages. */
function same(text: string): Words {
  return { zh: text, en: text };
}
