/** What the keys of a profile must say together. Each broken rule is one CONF-061. */
import { channelRow } from './channel-row.js';
import type { ContactProfile, DeviceProfile, ModbusProfile, PointYaml } from './profile-schema.js';
import { classOfRole, type PointRole, type Severity } from './vocabulary.js';
import type { YamlPath } from './yaml-document.js';

/** Our choice: enough to ride over water hammer and bounce, and half of the 10 s in which a fire is to be at the centre. */
const fireOnDelayMaxMs = 5_000;

export interface BrokenRule {
  readonly path: YamlPath;
  readonly expected: string;
  readonly got: string;
}

export function brokenRules(profile: DeviceProfile): readonly BrokenRule[] {
  const evidence = profile.evidence.some(({ grade }) => grade !== 'C');
  const unproven =
    profile.link.kind === 'modbus' && profile.status !== 'draft' && !evidence
      ? [{ path: ['status'], expected: 'draft without evidence of grade A or B', got: profile.status }]
      : [];
  return [...unproven, ...('contact' in profile ? contactRules(profile) : modbusRules(profile))];
}

function contactRules({ contact }: ContactProfile): BrokenRule[] {
  const rules = (['rest', 'active'] as const).flatMap((key) =>
    severityRule(['contact', key, 'severity'], contact.role, contact[key].severity),
  );
  if (contact.rest.key === contact.active.key) {
    rules.push({ path: ['contact', 'active', 'key'], expected: 'two different state keys', got: contact.active.key });
  }
  // Only the active state: a detector that is in alarm while all is well tells nothing.
  if (rules.length === 0) rules.push(...classRule(['contact', 'active', 'severity'], contact.role, [contact.active]));
  return [...rules, ...delayRule(['contact', 'on_delay_ms'], contact.role, contact.on_delay_ms)];
}

function modbusRules(profile: ModbusProfile): BrokenRule[] {
  const rules = profile.points.flatMap((point, index) => pointRules(point, ['points', index]));
  for (const { repeated, path } of repeats(profile.points.map(({ key }) => channelRow(key)?.name ?? key))) {
    rules.push({ path: ['points', path, 'key'], expected: 'each key once', got: repeated });
  }
  const { commands } = profile;
  if (commands !== undefined && !profile.points.some(({ key }) => key === commands.row && channelRow(key) !== null)) {
    rules.push({ path: ['commands', 'row'], expected: 'the key of a row in points', got: commands.row });
  }
  for (const key of ['on', 'off'] as const) {
    const write = commands?.[key];
    if (write?.table === 'coil' && write.value > 1) {
      rules.push({ path: ['commands', key, 'value'], expected: '0 or 1 for a coil', got: String(write.value) });
    }
  }
  const [low, high] = profile.address_range;
  if (low > high) rules.push({ path: ['address_range'], expected: 'lowest first', got: `${low}, ${high}` });
  return rules;
}

function pointRules(point: PointYaml, path: YamlPath): BrokenRule[] {
  const rules: BrokenRule[] = [];
  const isBit = point.table === 'coil' || point.table === 'discrete';
  if (isBit !== (point.type === 'bool')) {
    rules.push({ path: [...path, 'type'], expected: isBit ? 'bool' : 'u16 or s16', got: point.type });
  }
  const states = point.states ?? [];
  states.forEach((state, index) => {
    rules.push(...severityRule([...path, 'states', index, 'severity'], point.role, state.severity));
  });
  for (const { repeated, path: index } of repeats(states.map(({ raw }) => String(raw)))) {
    rules.push({ path: [...path, 'states', index, 'raw'], expected: 'each raw value once', got: repeated });
  }
  const keys = states.map(({ key }) => key);
  if (point.role === 'contact' && !(keys.length === 2 && keys.includes('open') && keys.includes('closed'))) {
    rules.push({ path: [...path, 'states'], expected: 'the states open and closed', got: keys.join(', ') });
  }
  if (point.role === 'contact' && channelRow(point.key) === null) {
    rules.push({ path: [...path, 'key'], expected: 'a row such as di[1..8]', got: point.key });
  }
  rules.push(...delayRule([...path, 'on_delay_ms'], point.role, point.on_delay_ms));
  return rules.length > 0 ? rules : alarmRule(point, path);
}

/** An alarm that nobody can name would be an alarm that nobody raises. */
function alarmRule(point: PointYaml, path: YamlPath): BrokenRule[] {
  const own = classOfRole[point.role];
  if (own === null || point.states !== undefined) {
    return classRule([...path, 'states'], point.role, point.states ?? []);
  }
  // A number has limits of its own for the lesser classes; a fire is a state that the device itself names.
  if (own === 'fire' || point.unit === undefined) {
    const expected =
      own === 'fire' ? 'states, one of them fire' : `states, one of them ${own}, or the unit of a number`;
    return [{ path, expected: `${expected}, for role ${point.role}`, got: 'neither' }];
  }
  return point.valid_range === undefined ? [{ path, expected: 'valid_range for a number', got: 'none' }] : [];
}

function classRule(path: YamlPath, role: PointRole, states: readonly { readonly severity: Severity }[]): BrokenRule[] {
  const own = classOfRole[role];
  const severities = states.map(({ severity }) => severity);
  if (own === null || severities.includes(own)) return [];
  return [{ path, expected: `${own} for role ${role}`, got: severities.join(', ') }];
}

function delayRule(path: YamlPath, role: PointRole, onDelayMs: number): BrokenRule[] {
  if (classOfRole[role] !== 'fire' || onDelayMs <= fireOnDelayMaxMs) return [];
  return [{ path, expected: `at most ${fireOnDelayMaxMs} ms for role ${role}`, got: String(onDelayMs) }];
}

function severityRule(path: YamlPath, role: PointRole, severity: Severity): BrokenRule[] {
  const own = classOfRole[role];
  const allowed: readonly Severity[] = ['normal', 'info', 'fault', ...(own === null ? [] : [own])];
  if (allowed.includes(severity)) return [];
  return [{ path, expected: `${[...new Set(allowed)].join(', ')} for role ${role}`, got: severity }];
}

function* repeats(values: readonly string[]): Generator<{ readonly repeated: string; readonly path: number }> {
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) < index) yield { repeated: value, path: index };
  }
}
