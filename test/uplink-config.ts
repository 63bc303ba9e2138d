import type { MqttUplinkConfig } from '../config/site.js';
import { mqttUplinkSchema } from '../config/uplinks/mqtt-uplink-schema.js';
import { mqttUplink } from '../config/uplinks/resolve-plain-uplinks.js';

/** An uplink of which the site file says no more than where it goes, and what a test says of it. */
export function uplinkConfig(over: Partial<MqttUplinkConfig> = {}): MqttUplinkConfig {
  const yaml = mqttUplinkSchema.parse({ id: 'district', kind: 'mqtt', url: 'mqtt://127.0.0.1:1883' });
  return { ...mqttUplink((name) => name ?? null, yaml), ...over };
}
