/** The format that the site file asks for. */
import type { MqttUplinkConfig } from '../../../config/site.js';
import { gengfuFormat } from './gengfu.js';
import type { FormatOptions, MessageFormat } from './message-format.js';
import { onenetFormat } from './onenet.js';
import { templatedFormat } from './templated.js';
import { thingsboardFormat } from './thingsboard.js';

export function formatOf(config: MqttUplinkConfig, options: FormatOptions): MessageFormat {
  const base = presetOf(config, options);
  const { report, telemetry, status } = config.templates;
  const isPlain = report === null && telemetry === null && status === null;
  return isPlain ? base : templatedFormat(base, config.templates, options);
}

function presetOf(config: MqttUplinkConfig, options: FormatOptions): MessageFormat {
  switch (config.format) {
    case 'gengfu':
      return gengfuFormat(options, config.telemetry === 'cbor' ? 'cbor' : 'json');
    case 'thingsboard':
      return thingsboardFormat(options);
    case 'onenet':
      return onenetFormat(options);
  }
}
