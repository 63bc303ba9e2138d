/** Our own shape: CloudEvents 1.0 in lists (batched mode of its HTTP binding), packs as SenML, and a status as one more event. */
import { toCloudEvent } from '../../mqtt/cloud-event.js';
import { toRfc3339 } from '../../mqtt/rfc3339.js';
import { senmlMediaTypes, toSenml } from '../../mqtt/senml.js';
import { type LinkStatus, unreadable } from '../../templates/platform-facts.js';
import type { HttpPart, HttpPreset, PresetOptions } from '../http-preset.js';

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md#33-batched-content-mode */
const batchType = 'application/cloudevents-batch+json';

export function gengfuPreset({ address, uplink, codes }: PresetOptions): HttpPreset {
  const reporter = { ...address, uplink, codes };
  const event = (json: string): HttpPart => ({ path: '', mediaType: batchType, json, listType: batchType });
  return {
    report: (report, isShort) => event(Buffer.from(toCloudEvent(reporter, report, isShort)).toString()),
    telemetry(report) {
      const senml = toSenml(report, address, 'json', uplink);
      if (senml === null) throw unreadable(uplink, report);
      return { path: '', mediaType: senmlMediaTypes.json, json: Buffer.from(senml).toString(), listType: null };
    },
    status: (status) => event(JSON.stringify(statusEvent(`/gengfu/${address.district}/${address.site}`, status))),
    installs: () => [],
    accepts: () => true,
  };
}

/** `id` is the moment: the same sign of life is not told twice. */
function statusEvent(source: string, status: LinkStatus): object {
  const head = { specversion: '1.0', source, type: 'gengfu.status', datacontenttype: 'application/json' };
  if (status.state === 'offline') {
    return { ...head, id: `status-${status.reason}`, data: { state: 'offline', reason: status.reason } };
  }
  const time = toRfc3339(status.wall);
  return { ...head, id: `status-${time}`, time, data: { state: 'online', clock: status.clock } };
}
