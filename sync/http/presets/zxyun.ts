/**
 * As 中消云 (zxyun119.com, its public page on notifications) pushes events: one JSON object for each. The page names the fields; what
 * stands in `deviceType`, `deviceState` and `deviceEventType` is the dictionary of whoever takes it, so ours are plain words. A platform
 * with numbers there gets templates of its own.
 */
import { classWords } from '../../../config/vocabulary.js';
import type { Entry } from '../../journal/entry.js';
import { deviceOf } from '../../mqtt/external-codes.js';
import type { LinkStatus } from '../../templates/platform-facts.js';
import { deviceFacts, serialOf } from '../device-facts.js';
import { type HttpPreset, jsonPart, type PresetOptions } from '../http-preset.js';
import { localText } from '../local-text.js';

/** Who it is about. */
const flags = { gateway: 0, controller: 1, device: 2 } as const;
/** What happened. */
const pushTypes = { alarm: 1, operation: 2, online: 3, event: 4 } as const;
const noChannel = -1;

export function zxyunPreset(options: PresetOptions): HttpPreset {
  const { site, codes, uplink } = options;
  const devices = deviceFacts(site, options);
  const head = (logId: string) => ({
    logId,
    projectId: codes?.site ?? site.site.id,
    flag: flags.gateway as number,
    gatewayName: site.site.name.zh,
    ...{ deviceId: codes?.site ?? site.site.id, devicePosition: '', deviceControllerId: '', deviceLoopId: '' },
    ...{ deviceAddrId: '', deviceChannelId: noChannel, deviceNumber: '', deviceType: '', deviceState: '' },
    deviceGroupState: '',
  });
  const ofDevice = (entry: Entry): object => {
    const serial = serialOf(options, entry.subject);
    const about = deviceOf(entry.subject);
    if (serial === null || about === null) return {};
    const facts = devices.get(serial) ?? null;
    return {
      flag: facts?.isPanel === true ? flags.controller : flags.device,
      deviceId: serial,
      devicePosition: facts?.position ?? '',
      deviceLoopId: facts?.line ?? '',
      deviceAddrId: facts?.address === null || facts === null ? '' : String(facts.address),
      deviceNumber: about.key === null ? about.device : `${about.device}/${about.key}`,
      deviceType: facts?.category ?? '',
    };
  };
  return {
    report: ({ entry }) =>
      jsonPart('', {
        ...head(entry.id),
        ...ofDevice(entry),
        deviceState: isOver(entry) ? '正常' : entry.class === null ? '' : classWords[entry.class].zh,
        deviceEventType: entry.kind,
        deviceEventName: entry.words.zh,
        happenTime: localText(entry.wall),
        optCode: entry.origin ?? '',
        pushType: pushTypeOf(entry),
      }),
    telemetry: () => null,
    status: (status) =>
      jsonPart('', {
        ...head(`${uplink}-${status.state}-${status.state === 'online' ? Math.floor(status.wall) : status.reason}`),
        deviceState: status.state === 'online' ? '在线' : '离线',
        deviceEventType: `gateway.${status.state}`,
        deviceEventName: onlineName(status),
        happenTime: status.state === 'online' ? localText(status.wall) : '',
        ...{ optCode: '', pushType: pushTypes.online },
      }),
    installs: () => [],
    accepts: () => true,
  };
}

function onlineName(status: LinkStatus): string {
  return status.state === 'online' ? '网关在线' : '网关离线';
}

/** Nothing of this alarm is left, nor held. */
function isOver({ kind, detail }: Entry): boolean {
  if (kind === 'alarm.returned') return detail['latched'] !== true;
  return kind === 'alarm.reset' || kind === 'alarm.withdrawn';
}

function pushTypeOf({ kind, class: of }: Entry): number {
  if (kind === 'alarm.acknowledged' || kind === 'alarm.silenced' || kind === 'alarm.reset') return pushTypes.operation;
  if (kind.startsWith('alarm.') && of !== null) return pushTypes.alarm;
  return kind.startsWith('output.') || kind === 'service.changed' ? pushTypes.operation : pushTypes.event;
}
