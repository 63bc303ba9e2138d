/** The village of the vortex: lines of every kind that a process can open without hardware, and a relay with a siren on three of them. */
import { join } from 'node:path';

export interface SitePlaces {
  /** Where the pseudo-terminals stand. */
  readonly folder: string;
  /** Of the servers on this computer: Modbus TCP, and RTU frames through a serial server. */
  readonly tcpPort: number;
  readonly rtuPort: number;
  /** Where the gateway finds its broker. */
  readonly brokerPort: number;
}

/** For those who want to see what the site has, and open nothing. */
export const examplePlaces: SitePlaces = { folder: '/tmp', tcpPort: 502, rtuPort: 4196, brokerPort: 1883 };

/** A line on a pseudo-terminal. */
export const ttyLines = ['east', 'west', 'gauge', 'panel'] as const;
export type TtyLine = (typeof ttyLines)[number];
export const netLines = ['pool', 'inn'] as const;

export function ttyOf(folder: string, line: TtyLine): string {
  return join(folder, `tty-${line}`);
}

function smoke(id: string, line: string, unit: number, zone: string): string {
  return `  - {id: ${id}, profile: generic-smoke-0010, line: ${line}, unit: ${unit}, zone: ${zone}, allow_draft: true}`;
}

function contact(id: string, profile: string, device: string, channel: number, zone: string): string {
  return `  - {id: ${id}, profile: dry-contact-${profile}, input: {device: ${device}, channel: ${channel}}, zone: ${zone}}`;
}

function siren(id: string, zone: string | null, device: string, channel: number): string {
  const where = zone === null ? '' : ` zone: ${zone},`;
  return `  - {id: ${id}, name: ${id}, kind: siren,${where} relay: {device: ${device}, channel: ${channel}}, on_control_lost: keep_sounding}`;
}

export function siteText({ folder, tcpPort, rtuPort, brokerPort }: SitePlaces): string {
  const serial = (id: TtyLine, more = ''): string => `  - {id: ${id}, path: ${ttyOf(folder, id)}, baud: 9600${more}}`;
  return [
    'version: 1',
    'site: {id: vortex, district: test, name: {zh: 漩涡村, en: vortex village}}',
    'data_dir: ./data',
    'lines:',
    serial('east', ', timeout_ms: 200, quarantine_ms: 100'),
    serial('west', ', timeout_ms: 200, quarantine_ms: 100'),
    serial('gauge'),
    serial('panel'),
    `  - {id: pool, transport: tcp, host: 127.0.0.1, port: ${tcpPort}, baud: 9600, timeout_ms: 400, quarantine_ms: 200}`,
    `  - {id: inn, transport: rtu_over_tcp, host: 127.0.0.1, port: ${rtuPort}, baud: 9600}`,
    'zones:',
    '  - {id: hall, name: {zh: 祠堂, en: hall}}',
    '  - {id: street, name: {zh: 老街, en: street}}',
    '  - {id: pool, name: {zh: 水池, en: pool}}',
    'devices:',
    ...[1, 2, 3, 4].map((unit) => smoke(`smoke-${unit}`, 'east', unit, 'hall')),
    ...[5, 6, 7, 8].map((unit) => smoke(`smoke-${unit}`, 'west', unit, 'street')),
    smoke('smoke-inn', 'inn', 9, 'street'),
    '  - {id: io-1, profile: n4d8b08, line: east, unit: 20, zone: hall}',
    '  - {id: relay-1, profile: waveshare-relay8, line: east, unit: 30}',
    '  - {id: io-2, profile: n4d8b08, line: west, unit: 20, zone: street}',
    '  - {id: relay-2, profile: waveshare-relay8, line: west, unit: 30}',
    '  - {id: relay-3, profile: waveshare-relay8, line: inn, unit: 30}',
    '  - {id: pool-level, profile: transmitter-7reg, line: pool, unit: 1, zone: pool, options: {label_range: 5, label_unit: m, medium: level}, limits: {value: {low: 0.5, high: 4, deadband: 0.1, on_delay_s: 6}}}',
    '  - {id: pool-gauge, profile: uart-ultrasonic, line: gauge, zone: pool, options: {model: a02, mounting_height: 4.5}, limits: {level: {low: 0.5, high: 4, deadband: 0.1, on_delay_s: 5}}}',
    '  - {id: gas-1, profile: sga-gas, line: inn, unit: 1, zone: street, options: {label_unit: "%LEL"}, limits: {gas: {high: 25, deadband: 5}}}',
    '  - {id: panel-hall, profile: jbf-193k, line: panel, zone: hall, objects: [{address: "1-1-2", id: relics, name: {zh: 文物室烟感, en: relics room smoke}}]}',
    contact('call-hall', 'call-point', 'io-1', 1, 'hall'),
    contact('attic', 'smoke', 'io-1', 2, 'hall'),
    contact('key-acknowledge', 'key-acknowledge', 'io-1', 3, 'hall'),
    contact('key-silence', 'key-silence', 'io-1', 4, 'hall'),
    contact('key-reset', 'key-reset', 'io-1', 5, 'hall'),
    contact('call-street', 'call-point', 'io-2', 1, 'street'),
    contact('granary', 'smoke', 'io-2', 2, 'street'),
    contact('valve-main', 'valve-closed', 'io-2', 3, 'street'),
    contact('pump-fault', 'pump-fault', 'io-2', 4, 'street'),
    'outputs:',
    siren('siren-hall', 'hall', 'relay-1', 1),
    siren('siren-street', 'street', 'relay-2', 1),
    siren('siren-village', null, 'relay-3', 1),
    'plans:',
    '  - {id: hall-fire, when: {class: fire, zones: [hall]}, sound: [siren-hall, siren-village]}',
    '  - {id: street-fire, when: {class: fire, zones: [street]}, sound: [siren-street, siren-village]}',
    'uplinks:',
    `  - {id: district, kind: mqtt, url: "mqtt://127.0.0.1:${brokerPort}", mqtt_version: 5}`,
    '',
  ].join('\n');
}
