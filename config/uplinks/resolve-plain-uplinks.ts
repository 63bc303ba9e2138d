/** Uplinks over MQTT and HTTP, and short messages: as the gateway sees them. */
import { brandId } from '../ids.js';
import type { HttpInstall, HttpUplinkConfig, MqttUplinkConfig, SmsUplinkConfig } from '../site-telling.js';
import type { HttpInstallYaml, HttpUplinkYaml } from './http-uplink-schema.js';
import type { MqttUplinkYaml } from './mqtt-uplink-schema.js';
import type { SmsUplinkYaml } from './sms-uplink-schema.js';
import { type FileBeside, plainBase, tellOf } from './uplink-base.js';

const hourMs = 3_600_000;
const bytesOfMb = 1_000_000;
/** A message is for a person: a backlog of them is never hurried. */
const smsPacePerS = 1;

export function mqttUplink(besideFile: FileBeside, uplink: MqttUplinkYaml): MqttUplinkConfig {
  const { templates } = uplink;
  return {
    ...{ id: brandId(uplink.id), kind: 'mqtt', url: uplink.url },
    mqttVersion: uplink.mqtt_version === '3.1.1' ? '3.1.1' : '5',
    clientId: uplink.client_id ?? null,
    ...signInOf(besideFile, uplink),
    keepaliveS: uplink.keepalive_s,
    tell: tellOf(uplink.tell),
    format: uplink.format,
    templates: {
      report: templates?.report ?? null,
      telemetry: templates?.telemetry ?? null,
      status: templates?.status ?? null,
    },
    telemetry: uplink.telemetry,
    pacePerS: uplink.pace_per_s,
    dataBudgetBytes: uplink.data_budget_mb === undefined ? null : uplink.data_budget_mb * bytesOfMb,
    receipts: uplink.receipts,
    receiptWithinMs: uplink.receipt_within_h * hourMs,
    takesCommands: uplink.commands,
  };
}

export function httpUplink(besideFile: FileBeside, uplink: HttpUplinkYaml): HttpUplinkConfig {
  const { templates } = uplink;
  return {
    ...plainBase,
    ...{ id: brandId(uplink.id), kind: 'http', url: uplink.url, preset: uplink.preset },
    tokenFile: besideFile(uplink.token_file),
    ...signInOf(besideFile, uplink),
    tell: tellOf(uplink.tell),
    templates: {
      report: templates?.report ?? null,
      telemetry: templates?.telemetry ?? null,
      status: templates?.status ?? null,
    },
    telemetry: uplink.telemetry ? 'own' : 'none',
    pacePerS: uplink.pace_per_s,
    install: installOf(uplink.install),
    batchMax: uplink.batch_max,
    timeoutMs: uplink.timeout_s * 1000,
    heartbeatMs: uplink.heartbeat_s * 1000,
  };
}

export function smsUplink(besideFile: FileBeside, uplink: SmsUplinkYaml): SmsUplinkConfig {
  return {
    ...plainBase,
    ...{ id: brandId(uplink.id), kind: 'sms', port: uplink.port, baud: uplink.baud },
    pinFile: besideFile(uplink.pin_file),
    recipients: uplink.recipients.map(({ id, number, classes, zones, quiet }) => ({
      ...{ id, number, classes, quiet: quiet ?? null },
      zones: zones?.map((zone) => brandId(zone)) ?? null,
    })),
    afterMs: { fire: uplink.after_s.fire * 1000, others: uplink.after_s.others * 1000 },
    perHourMax: uplink.per_hour_max,
    validityMin: uplink.validity_min,
    tell: tellOf(uplink.tell),
    telemetry: 'none',
    pacePerS: smsPacePerS,
  };
}

function installOf(install: HttpInstallYaml = {}): HttpInstall {
  const { company, client, address, longitude, latitude, organization, area, responsible, mobile } = install;
  return {
    ...{ company: company ?? null, client: client ?? null, address: address ?? null },
    ...{ longitude: longitude ?? null, latitude: latitude ?? null },
    ...{ organization: organization ?? null, area: area ?? null },
    ...{ responsible: responsible ?? null, mobile: mobile ?? null },
  };
}

function signInOf(besideFile: FileBeside, uplink: MqttUplinkYaml | HttpUplinkYaml) {
  return {
    username: uplink.username ?? null,
    passwordFile: besideFile(uplink.password_file),
    caFile: besideFile(uplink.ca_file),
    certFile: besideFile(uplink.cert_file),
    keyFile: besideFile(uplink.key_file),
  };
}
