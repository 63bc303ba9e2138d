/** Rules for the recipes of a profile: what is written, in which function, and that nothing is changed twice. */
import type { BrokenRule } from './broken-rule.js';
import type { ModbusProfile } from './profile-schema.js';
import type { ChangeAddressYaml, ChangeBaudYaml, RecipeWriteYaml } from './recipe-schema.js';
import type { YamlPath } from './yaml-document.js';

/** All broken rules of both recipes. */
export function recipeRules(profile: ModbusProfile): BrokenRule[] {
  const { change_address: address, change_baud: baud } = profile.recipes ?? {};
  return [
    ...(address === undefined ? [] : recipeRule(profile, address, ['recipes', 'change_address'])),
    ...(baud === undefined
      ? []
      : [...recipeRule(profile, baud, ['recipes', 'change_baud']), ...codeRules(profile, baud)]),
  ];
}

function recipeRule(
  profile: ModbusProfile,
  { steps, save }: ChangeAddressYaml | ChangeBaudYaml,
  path: YamlPath,
): BrokenRule[] {
  const writes = steps.flatMap((step, index) =>
    'write' in step ? [{ write: step.write, at: [...path, 'steps', index, 'write'] }] : [],
  );
  const moving = writes.filter(({ write }) => write.value === 'new');
  const once: BrokenRule[] =
    moving.length === 1
      ? []
      : [
          {
            path: [...path, 'steps'],
            expected: { zh: '恰好一次写入 value: new', en: 'exactly one write with value: new' },
            got: String(moving.length),
          },
        ];
  const kept = save === undefined ? [] : [{ write: save, at: [...path, 'save'] }];
  const saved: BrokenRule[] =
    save?.value === 'new'
      ? [{ path: [...path, 'save', 'value'], expected: { zh: '一个数', en: 'a number' }, got: 'new' }]
      : [];
  return [...once, ...saved, ...[...writes, ...kept].flatMap(({ write, at }) => functionRule(profile, write, at))];
}

function functionRule({ limits }: ModbusProfile, { fc, addr }: RecipeWriteYaml, path: YamlPath): BrokenRule[] {
  const hidden = limits.forbidden.find(({ table, from, to }) => table === 'holding' && addr >= from && addr <= to);
  const area: BrokenRule[] =
    hidden === undefined
      ? []
      : [
          {
            path: [...path, 'addr'],
            expected: {
              zh: `避开禁区 ${hidden.from} 至 ${hidden.to}`,
              en: `outside of forbidden ${hidden.from} to ${hidden.to}`,
            },
            got: String(addr),
          },
        ];
  if (limits.fc.includes(fc) && !limits.forbidden_fc.includes(fc)) return area;
  return [
    ...area,
    {
      path: [...path, 'fc'],
      expected: { zh: `功能码 ${limits.fc.join('、')} 之一`, en: `one of the functions ${limits.fc.join(', ')}` },
      got: `function ${fc}`,
    },
  ];
}

function codeRules({ serial }: ModbusProfile, { codes }: ChangeBaudYaml): BrokenRule[] {
  const path = ['recipes', 'change_baud', 'codes'];
  const bauds = Object.keys(codes);
  const { bauds: known } = serial;
  if (bauds.length === 0) return [{ path, expected: { zh: '至少一个波特率', en: 'at least one baud rate' }, got: '0' }];
  return bauds
    .filter((baud) => known !== undefined && !known.includes(Number(baud)))
    .map((baud) => ({ path: [...path, baud], expected: `bauds: ${known?.join(', ')}`, got: baud }));
}
