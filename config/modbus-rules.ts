/** Rules for a Modbus profile as a whole, in each of its variants. */
import { variantPoints } from './applied-profile.js';
import { type BrokenRule, rangeRule, repeats } from './broken-rule.js';
import { channelRow } from './channel-row.js';
import { pointReferenceRules } from './point-reference-rules.js';
import { pointRules } from './point-rules.js';
import type { ModbusProfile } from './profile-schema.js';
import { recipeRules } from './recipe-rules.js';
import { writeRules } from './write-rules.js';
import type { YamlPath } from './yaml-document.js';

/** All broken rules of the profile, each once. */
export function modbusRules(profile: ModbusProfile): BrokenRule[] {
  const rules = [...variantRules(profile), ...limitRules(profile)];
  for (const { repeated, index } of repeats(profile.points.map(({ key }) => channelRow(key)?.name ?? key))) {
    rules.push({
      path: ['points', index, 'key'],
      expected: { zh: '每个键只写一次', en: 'each key once' },
      got: repeated,
    });
  }
  const variants = profile.variants.length === 0 ? [undefined] : profile.variants.map(({ id }) => id);
  for (const [index, id] of variants.entries()) {
    const points = variantPoints(profile, id) ?? [];
    const found = [
      ...points.flatMap((point, at) => pointRules(profile, point, ['points', at])),
      ...pointReferenceRules(profile, points),
    ];
    rules.push(...found.map((rule) => ({ ...rule, path: placeInVariant(profile, index, rule.path) })));
  }
  return once([
    ...rules,
    ...writeRules(profile),
    ...recipeRules(profile),
    ...rangeRule(['address_range'], profile.address_range),
  ]);
}

/** A key that the variant changed is shown there, not at the point that everybody shares. */
function placeInVariant(profile: ModbusProfile, index: number, path: YamlPath): YamlPath {
  const [, at, ...rest] = path;
  const point = typeof at === 'number' ? profile.points[at] : undefined;
  const patch = point === undefined ? undefined : profile.variants[index]?.points[point.key];
  const [key] = rest;
  const isPatched = patch !== undefined && typeof key === 'string' && Object.hasOwn(patch, key);
  return isPatched ? ['variants', index, 'points', point?.key ?? '', ...rest] : path;
}

function variantRules(profile: ModbusProfile): BrokenRule[] {
  const rules = [...repeats(profile.variants.map(({ id }) => id))].map(
    ({ repeated, index }): BrokenRule => ({
      path: ['variants', index, 'id'],
      expected: { zh: '每个编号只写一次', en: 'each id once' },
      got: repeated,
    }),
  );
  const keys = profile.points.map(({ key }) => key);
  for (const [index, variant] of profile.variants.entries()) {
    for (const key of Object.keys(variant.points)) {
      if (!keys.includes(key)) {
        rules.push({
          path: ['variants', index, 'points', key],
          expected: { zh: '点的键', en: 'the key of a point' },
          got: key,
        });
      }
    }
  }
  return rules;
}

function limitRules({ limits }: ModbusProfile): BrokenRule[] {
  const rules = limits.forbidden.flatMap(({ from, to }, index) =>
    rangeRule(['limits', 'forbidden', index], [from, to]),
  );
  for (const [index, fc] of limits.forbidden_fc.entries()) {
    if (!limits.fc.includes(fc)) continue;
    rules.push({
      path: ['limits', 'forbidden_fc', index],
      expected: { zh: 'fc 中没有的功能码', en: 'a function that is not in fc' },
      got: String(fc),
    });
  }
  return rules;
}

/** Variants share most of their points, and so what is wrong with them. */
function once(rules: readonly BrokenRule[]): BrokenRule[] {
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
}
