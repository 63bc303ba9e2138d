/** Messages as the site file writes them: each template replaces what the format would have sent. */
import type { MqttUplinkConfig } from '../../../config/site.js';
import { type TimedSample, timedSamples } from '../../templates/platform-facts.js';
import { PayloadTemplate, type TemplateValues, TopicTemplate } from '../../templates/template.js';
import {
  commonValues,
  type NamedValues,
  packValues,
  reportValues,
  statusValues,
} from '../../templates/template-values.js';
import type { MqttMessage } from '../mqtt-link.js';
import { type FormatOptions, fitting, inPieces, type MessageFormat } from './message-format.js';

type Fill = (values: NamedValues) => MqttMessage;

export function templatedFormat(
  base: MessageFormat,
  templates: MqttUplinkConfig['templates'],
  options: FormatOptions,
): MessageFormat {
  const { uplink } = options;
  const report = fillOf(templates.report);
  const telemetry = fillOf(templates.telemetry);
  const status = fillOf(templates.status);
  const common = commonValues(options);
  const told = (link: Parameters<MessageFormat['status']>[0]): NamedValues => ({ ...common, ...statusValues(link) });
  return {
    report: (each, roomFor) =>
      report === null
        ? base.report(each, roomFor)
        : [fitting(uplink, report({ ...common, ...reportValues(options, each) }), roomFor)],
    telemetry: (each, roomFor) => {
      if (telemetry === null) return base.telemetry(each, roomFor);
      const make = (samples: readonly TimedSample[]): MqttMessage =>
        telemetry({ ...common, ...packValues(each, samples) });
      return inPieces(uplink, timedSamples(options, each), make, roomFor);
    },
    status: (link) => (status === null ? base.status(link) : [status(told(link))]),
    will: () => (status === null ? base.will() : status(told({ state: 'offline', reason: 'lost' }))),
  };
}

function fillOf(template: { readonly topic: string; readonly payload: string } | null): Fill | null {
  if (template === null) return null;
  const topic = new TopicTemplate(template.topic);
  const payload = new PayloadTemplate(template.payload);
  return (values) => {
    const filled: TemplateValues = values;
    return {
      topic: topic.fill(filled),
      payload: Buffer.from(payload.fill(filled)),
      retain: false,
      contentType: null,
    };
  };
}
