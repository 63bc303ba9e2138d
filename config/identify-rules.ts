/** Rules for what a profile says of its own recognition. */
import { type BrokenRule, nothing, rangeRule } from './broken-rule.js';
import type { ProbeYaml } from './identify-schema.js';
import type { ModbusProfile } from './profile-schema.js';

const readFunctions = { coil: 1, discrete: 2, holding: 3, input: 4 } as const;

/** Broken rules of `identify` and `universal_address`. */
export function identifyRules(profile: ModbusProfile): BrokenRule[] {
  const { identify, universal_address: universal } = profile;
  const rules: BrokenRule[] = [];
  if (universal !== undefined && !profile.limits.fc.includes(readFunctions[universal.table])) {
    rules.push(functionRule(['universal_address', 'table'], universal.table));
  }
  if (typeof identify === 'string') return rules;
  for (const [index, probe] of identify.probes.entries()) {
    const at = ['identify', 'probes', index] as const;
    if (!profile.limits.fc.includes(readFunctions[probe.table]))
      rules.push(functionRule([...at, 'table'], probe.table));
    rules.push(...readRules(profile, probe, at));
  }
  if (identify.strength === 'strong' && !identify.probes.some(isTelling)) {
    rules.push({
      path: ['identify', 'strength'],
      expected: {
        zh: 'strong 需要一条非 optional 的 text 或 own 探测',
        en: 'for strong, a probe with text or own that is not optional',
      },
      got: nothing,
    });
  }
  return rules;
}

/** Nothing else has this there by chance. */
function isTelling({ expect, optional }: ProbeYaml): boolean {
  return !optional && ('text' in expect || 'own' in expect);
}

function readRules(profile: ModbusProfile, probe: ProbeYaml, at: readonly (string | number)[]): BrokenRule[] {
  const { limits } = profile;
  const { table, addr, count, expect } = probe;
  const isBits = table === 'coil' || table === 'discrete';
  const most = isBits ? (limits.max_bits ?? limits.max_read) : limits.max_read;
  const rules: BrokenRule[] = [];
  if (count > most) {
    rules.push({
      path: [...at, 'count'],
      expected: { zh: `最多 ${most}`, en: `at most ${most}` },
      got: String(count),
    });
  }
  const end = addr + count - 1;
  if (limits.forbidden.some((area) => area.table === table && area.from <= end && area.to >= addr)) {
    rules.push({
      path: [...at, 'addr'],
      expected: { zh: '不在 limits.forbidden 内', en: 'outside of limits.forbidden' },
      got: String(addr),
    });
  }
  const needed = 'text' in expect ? Math.ceil(expect.text.length / 2) : 'f32' in expect ? 2 : 1;
  if (count < needed || ('f32' in expect && count % 2 !== 0) || ('own' in expect && count !== 1)) {
    rules.push({
      path: [...at, 'count'],
      expected: { zh: `与 expect 相配（${needed} 个）`, en: `as expect needs (${needed})` },
      got: String(count),
    });
  }
  if (isBits && !('range' in expect || 'set' in expect)) {
    rules.push({
      path: [...at, 'expect'],
      expected: { zh: '位只能用 range 或 set', en: 'range or set, for bits' },
      got: Object.keys(expect)[0] ?? nothing,
    });
  }
  if ('range' in expect) rules.push(...rangeRule([...at, 'expect', 'range'], expect.range));
  if ('f32' in expect) rules.push(...rangeRule([...at, 'expect', 'f32'], expect.f32));
  return rules;
}

function functionRule(path: readonly (string | number)[], table: keyof typeof readFunctions): BrokenRule {
  const wanted = readFunctions[table];
  return {
    path: [...path],
    expected: { zh: `limits.fc 中有 ${wanted}`, en: `${wanted} in limits.fc` },
    got: nothing,
  };
}
