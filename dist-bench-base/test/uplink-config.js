import { resolveUplink } from '../config/resolve-uplink.js';
import { uplinkSchema } from '../config/uplink-schema.js';
/** An uplink of which the site file says no more than where it goes, and what a test says of it. */
export function uplinkConfig(over = {}) {
    const yaml = uplinkSchema.parse({ id: 'district', kind: 'mqtt', url: 'mqtt://127.0.0.1:1883' });
    return { ...resolveUplink('/etc/gengfu/gateway.yaml', yaml), ...over };
}
