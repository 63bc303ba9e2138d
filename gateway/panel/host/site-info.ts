/** The site as the panel draws it: what does not change while a site file runs. Pure. */
import type { PointConfig, SiteConfig, UplinkConfig } from '../../../config/site.js';
import type { Words } from '../../../config/vocabulary.js';
import { careOf, householdsOf } from '../../duty/care.js';
import { stepsOf } from '../../duty/what-to-do.js';
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
  const { site, zones, lines, outputs, speakers, messages, uplinks } = config;
  return {
    site: {
      ...{ id: site.id, district: site.district, name: site.name, timeZone, night: nightOf(config) },
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
      uplinks: uplinks.map(({ id, kind }) => ({ id, kind, name: uplinkName(id, kind) })),
      steps: stepsOf(config),
      care: careOf(config),
    },
    households: householdsOf(config),
  };
}

function uplinkName(id: string, kind: UplinkConfig['kind']): Words {
  return kind === 'sms' ? { zh: `短信 ${id}`, en: `SMS ${id}` } : { zh: `上级平台 ${id}`, en: `centre ${id}` };
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

function nightOf({ panel }: SiteConfig): SiteInfo['night'] {
  return panel === null ? null : { fromMinute: panel.night.fromMin, toMinute: panel.night.toMin };
}

/** What is written once is the same in both languages. */
function same(text: string): Words {
  return { zh: text, en: text };
}
