/** What the limits that a profile proposes for a number must not contradict. */
import { type BrokenRule, possibleRoles } from './broken-rule.js';
import { isReference, type OrOption } from './device-options.js';
import type { LimitsYaml } from './limits-schema.js';
import { limitsFault, noLimitsHere } from './number-limits.js';
import type { OptionYaml } from './profile-schema.js';
import type { PointRole } from './vocabulary.js';
import type { YamlPath } from './yaml-document.js';

interface LimitedPoint {
  readonly role: OrOption<PointRole>;
  readonly unit?: OrOption<string> | undefined;
  readonly states?: readonly { readonly key: string }[] | undefined;
  readonly valid_range?: readonly [number, number] | undefined;
  readonly within_label?: unknown;
  readonly limits?: LimitsYaml | undefined;
}

/** Limits of a profile stand at a number of fixed unit and range: where a label decides, only the site file can know them. */
export function limitsRule(path: YamlPath, point: LimitedPoint, options: readonly OptionYaml[]): BrokenRule[] {
  const { limits, unit, states, valid_range, within_label } = point;
  if (limits === undefined) return [];
  const at = [...path, 'limits'];
  for (const role of possibleRoles(point.role, options)) {
    const refused = noLimitsHere({ role, stateKeys: states?.map(({ key }) => key) ?? null });
    if (refused !== null) return [{ path: at, expected: refused.expected, got: refused.got }];
  }
  if (isReference(unit) || within_label !== undefined) {
    return [
      {
        path: at,
        expected: { zh: '单位或量程由铭牌决定时不写报警值', en: 'no limits where a label decides about unit or range' },
        got: 'limits',
      },
    ];
  }
  const fault = limitsFault(limits, { unit: unit ?? null, believable: valid_range ?? [-Infinity, Infinity] });
  if (fault === null) return [];
  const place = fault.key === null ? at : [...at, fault.key];
  return [{ path: place, expected: fault.expected, got: fault.got }];
}
