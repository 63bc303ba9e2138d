/** Our own format: CloudEvents, SenML and a retained status below `gengfu/v1/{district}/{site}/`. */

import { type LinkStatus, unreadable } from '../../templates/platform-facts.js';
import { reportTopic, toCloudEvent, topicRoot } from '../cloud-event.js';
import type { MqttMessage } from '../mqtt-link.js';
import { toRfc3339 } from '../rfc3339.js';
import { toSenml } from '../senml.js';
import { type FormatOptions, jsonMessage, type MessageFormat, tooLarge } from './message-format.js';

/** What the MQTT binding of CloudEvents 1.0 asks of structured mode; its 30 bytes are the only words beside the payload. */
const reportMediaType = 'application/cloudevents+json';

export function gengfuFormat(options: FormatOptions, telemetryForm: 'json' | 'cbor'): MessageFormat {
  const { address, uplink, codes } = options;
  const reporter = { ...address, uplink, codes };
  const statusTopic = `${topicRoot(address)}/status`;
  const telemetryTopic = `${topicRoot(address)}/telemetry`;
  const statusMessage = (status: LinkStatus): MqttMessage => jsonMessage(statusTopic, statusOf(status), true);
  return {
    report(report, roomFor) {
      const topic = reportTopic(address, report);
      const room = roomFor(topic);
      const whole = toCloudEvent(reporter, report);
      const payload = whole.length <= room ? whole : toCloudEvent(reporter, report, true);
      if (payload.length > room) throw tooLarge(uplink, payload.length, room);
      return [{ topic, payload, retain: false, contentType: reportMediaType }];
    },
    telemetry(report, roomFor) {
      const payload = toSenml(report, address, telemetryForm, uplink);
      if (payload === null) throw unreadable(uplink, report);
      const room = roomFor(telemetryTopic);
      if (payload.length > room) throw tooLarge(uplink, payload.length, room);
      return [{ topic: telemetryTopic, payload, retain: false, contentType: null }];
    },
    status: (status) => [statusMessage(status)],
    will: () => statusMessage({ state: 'offline', reason: 'lost' }),
  };
}

/** The will has no time: it is written when connecting and published when nobody knows. */
function statusOf(status: LinkStatus): object {
  return status.state === 'online'
    ? { state: 'online', since: toRfc3339(status.wall), clock: status.clock }
    : { state: 'offline', reason: status.reason };
}
