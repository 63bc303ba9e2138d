/** Centres, the keys that may order something from there, and codes that their platforms know. */
import { brandId } from './ids.js';
import { beside } from './resolve-path.js';
import type { CommandKeyConfig, UplinkConfig } from './site.js';
import type { DeviceYaml } from './site-schema.js';
import { gbUplink } from './uplinks/resolve-gb-uplink.js';
import { httpUplink, mqttUplink, smsUplink } from './uplinks/resolve-plain-uplinks.js';
import type { FileBeside } from './uplinks/uplink-base.js';
import type { CommandKeyYaml, UplinkYaml } from './uplinks/uplink-schema.js';

export function resolveUplink(file: string, uplink: UplinkYaml): UplinkConfig {
  const besideFile: FileBeside = (name) => (name === undefined ? null : beside(file, name));
  switch (uplink.kind) {
    case 'mqtt':
      return mqttUplink(besideFile, uplink);
    case 'gb26875':
      return gbUplink(besideFile, uplink);
    case 'http':
      return httpUplink(besideFile, uplink);
    case 'sms':
      return smsUplink(besideFile, uplink);
  }
}

export function resolveCommandKey(key: CommandKeyYaml): CommandKeyConfig {
  return {
    id: key.id,
    publicKey: key.public_key,
    rights: key.rights,
    zones: key.zones?.map((zone) => brandId(zone)) ?? null,
    notAfter: key.not_after,
  };
}

/** By the id of the device, or of the point of a listed object. */
export function resolveCodes(devices: readonly DeviceYaml[]): ReadonlyMap<string, string> {
  const codes = devices.flatMap(({ id, code, objects }) => [
    ...(code === undefined ? [] : [[id, code] as const]),
    ...objects.flatMap((object) => (object.code === undefined ? [] : [[`${id}/${object.id}`, object.code] as const])),
  ]);
  return new Map(codes);
}
