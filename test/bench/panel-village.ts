/**
 * A village of 500 devices on 29 Modbus TCP lines, for the panel: 360 smoke detectors, 60 meters, 40 breakers with residual current and
 * cable temperatures, 20 pressures and levels, 20 climate sensors. Nothing is wrong in it until somebody says so.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';

export type Kind = 'smoke' | 'meter' | 'breaker' | 'pressure' | 'tank' | 'climate';

/** Each line, and what is on it: units 1, 2, 3 … */
export const villageLines: readonly (readonly Kind[])[] = [
  ...Array.from({ length: 24 }, () => some(15, 'smoke')),
  ...Array.from({ length: 2 }, () => some(30, 'meter')),
  ...Array.from({ length: 2 }, () => some(20, 'breaker')),
  [...some(10, 'pressure'), ...some(10, 'tank'), ...some(20, 'climate')],
];
export const smokes = villageLines.flat().filter((kind) => kind === 'smoke').length;
/** On the first line besides: it switches the siren. */
export const relayUnit = 200;
const zones = 12;

const profiles: Readonly<Record<Kind, string>> = {
  smoke: 'generic-smoke-0010, allow_draft: true',
  meter: 'sdm120',
  breaker: 'lx47le, variant: old',
  pressure: 'transmitter-7reg, options: {label_range: 1.6, label_unit: MPa, medium: pressure}',
  tank: 'transmitter-7reg, options: {label_range: 5, label_unit: m, medium: level}',
  climate: 'jxbs-th',
};

function some(count: number, kind: Kind): readonly Kind[] {
  return Array.from({ length: count }, () => kind);
}

/** Where the n-th device is, and no other: four digits, so that none is in another. */
export function placeOf(n: number): string {
  return `老街 ${String(n).padStart(4, '0')} 号`;
}

export interface VillagePorts {
  /** Of each line's simulated gateway. */
  readonly lines: readonly number[];
  readonly panel: number;
}

/** Returns the site file. */
export function writeVillage(folder: string, ports: VillagePorts): string {
  const file = path.join(folder, 'gateway.yaml');
  const lines = ports.lines.map((port, line) => {
    const timeoutMs = villageLines[line]?.[0] === 'smoke' ? 150 : 500;
    return `  - {id: line-${line}, transport: tcp, host: 127.0.0.1, port: ${port}, baud: 9600, timeout_ms: ${timeoutMs}, quarantine_ms: 100, fire_deadline_ms: 3000}`;
  });
  let n = 0;
  const devices = villageLines.flatMap((kinds, line) =>
    kinds.map((kind, at) => {
      n += 1;
      const where = `line: line-${line}, unit: ${at + 1}, zone: zone-${n % zones}, place: ${placeOf(n)}`;
      return `  - {id: ${kind}-${n}, profile: ${profiles[kind]}, ${where}}`;
    }),
  );
  writeFileSync(
    file,
    `version: 1
site: {id: panel-village, district: test, name: {zh: 试验村, en: test village}}
data_dir: ./data
panel: {port: ${ports.panel}, sign_out_after_s: 86400}
lines:
${lines.join('\n')}
zones:
${Array.from({ length: zones }, (_, zone) => `  - {id: zone-${zone}, name: {zh: 第${zone}片, en: quarter ${zone}}}`).join('\n')}
devices:
${devices.join('\n')}
  - {id: relay, profile: waveshare-relay8, line: line-0, unit: ${relayUnit}}
outputs:
  - {id: siren, name: {zh: 警铃, en: siren}, kind: siren, zone: zone-0, relay: {device: relay, channel: 1}, on_control_lost: keep_sounding}
plans:
  - {id: fire, when: {class: fire, zones: all}, sound: [siren]}
`,
  );
  return file;
}
