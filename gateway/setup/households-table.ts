/** The table of households with special care. What stands in it is about people: no problem repeats it (decision 0055). Pure. */
import { idPattern } from '../../config/ids.js';
import { careWords, type HouseholdYaml } from '../../config/panel-schema.js';
import type { FilePlace, Problem } from '../../config/problem.js';
import { textMaxChars } from '../../config/schema-words.js';
import type { Cell } from './csv-cells.js';
import { zoneOf } from './places-table.js';
import { setupProblem } from './setup-problems.js';
import { type Column, type TableRow, tableOf } from './table-columns.js';
import type { NamedZone } from './zone-by-name.js';

/** As many as a site file may have. */
const householdsMax = 500;
/** As many devices as one may name. */
const nearMax = 64;

type Key = 'id' | 'door' | 'doorEn' | 'zone' | 'care' | 'people' | 'phone' | 'note' | 'near';
type Care = (typeof careWords)[number];

export const householdsColumns: readonly Column<Key>[] = [
  { key: 'id', headings: ['编号', 'id', 'household'] },
  { key: 'door', headings: ['门牌', 'door', '门牌号', '地址', 'address', 'door_zh'], isRequired: true },
  { key: 'doorEn', headings: ['英文门牌', 'door_en', '门牌（英文）'] },
  { key: 'zone', headings: ['防区', 'zone', '分区'] },
  { key: 'care', headings: ['帮扶类别', 'care', '类别'], isRequired: true },
  { key: 'people', headings: ['人员', 'people', '姓名', '户主', 'name'] },
  { key: 'phone', headings: ['电话', 'phone', '联系电话', '手机'] },
  { key: 'note', headings: ['备注', 'note', '说明'] },
  { key: 'near', headings: ['附近设备', 'near', '设备', 'devices'] },
];

/** As the people of a village office write it. */
const careNames: Readonly<Record<Care, readonly [zh: string, ...more: string[]]>> = {
  elderly_alone: ['独居老人', '独居', '孤寡老人', '空巢老人', 'elderly alone', 'elderly'],
  left_behind_children: ['留守儿童', '留守', '儿童', 'left behind children', 'children'],
  disabled: ['残疾', '残疾人', '行动不便', 'disabled'],
  bedridden: ['卧床', '失能', '卧病在床', 'bedridden'],
  other: ['其他', '其它', 'other'],
};

export interface HouseholdRow {
  readonly household: HouseholdYaml;
  readonly at: FilePlace;
  readonly near: Cell | null;
}

export interface HouseholdsTable {
  readonly rows: readonly HouseholdRow[];
  readonly problems: readonly Problem[];
}

export function householdsOf(file: string, text: string, zones: readonly NamedZone[]): HouseholdsTable {
  const table = tableOf(file, text, householdsColumns);
  const problems = [...table.problems];
  const ids = new Map<string, string>();
  const rows = table.rows.flatMap((row, index) => {
    const found: Problem[] = [];
    const id = idOf(row, index, ids, found);
    const care = careOf(row, found);
    const { door, doorEn, near } = row.cells;
    if (door === undefined) found.push(setupProblem('SETUP-011', row.at, `${row.name} 门牌 door`));
    const zone = zoneOf(row.cells.zone, zones, found, true);
    const personal = personalOf(row, found);
    problems.push(...found);
    if (door === undefined || found.length > 0) return [];
    const household: HouseholdYaml = {
      id,
      door: doorEn === undefined ? door.text : { zh: door.text, en: doorEn.text },
      care,
      near: listOf(near),
      ...(zone === null ? {} : { zone }),
      ...personal,
    };
    return [{ household, at: row.at, near: near ?? null }];
  });
  if (rows.length > householdsMax) {
    problems.push(
      setupProblem('SETUP-003', { file, line: 1, column: 1 }, file, `≤ ${householdsMax}`, String(rows.length)),
    );
  }
  return { rows, problems };
}

/** Left out: a number, which is nobody's name. */
function idOf({ cells }: TableRow<Key>, index: number, ids: Map<string, string>, problems: Problem[]): string {
  const cell = cells.id;
  const id = cell?.text ?? `home-${index + 1}`;
  if (cell === undefined) return id;
  if (!idPattern.test(id)) {
    const expected = {
      zh: '小写字母、数字和连字符，不写人名，例如 home-1',
      en: 'lower-case letters, digits and hyphens, no name of a person, such as home-1',
    };
    problems.push(setupProblem('SETUP-012', cell.at, cell.name, expected));
  }
  const first = ids.get(id);
  if (first !== undefined) problems.push(setupProblem('SETUP-016', cell.at, cell.name, null, first));
  ids.set(id, first ?? cell.name);
  return id;
}

function careOf({ cells, at, name }: TableRow<Key>, problems: Problem[]): Care[] {
  const expected = { zh: careWords.map((care) => careNames[care][0]).join('、'), en: careWords.join(', ') };
  const cell = cells.care;
  if (cell === undefined) {
    problems.push(setupProblem('SETUP-011', at, `${name} 帮扶类别 care`, expected));
    return [];
  }
  const written = cell.text.split(/[、,，;；/|\n]+/).map((each) => each.trim().toLowerCase());
  const found = written.filter((each) => each !== '').map(careBy);
  if (found.length === 0 || found.includes(null)) {
    problems.push(setupProblem('SETUP-012', cell.at, cell.name, expected));
  }
  return [...new Set(found.filter((care) => care !== null))];
}

function careBy(written: string): Care | null {
  const plain = written.replaceAll('_', ' ');
  return careWords.find((care) => care.replaceAll('_', ' ') === plain || careNames[care].includes(plain)) ?? null;
}

function personalOf({ cells }: TableRow<Key>, problems: Problem[]): Pick<HouseholdYaml, 'people' | 'phone' | 'note'> {
  const { people, phone, note } = cells;
  for (const cell of [cells.door, cells.doorEn, people, phone, note]) {
    if (cell === undefined || cell.text.length <= textMaxChars) continue;
    problems.push(setupProblem('SETUP-012', cell.at, cell.name, `≤ ${textMaxChars}`, String(cell.text.length)));
  }
  // 1.38E+10 was a number of eleven digits.
  if (phone !== undefined && /^[0-9.]+e\+?[0-9]+$/i.test(phone.text)) {
    problems.push(setupProblem('SETUP-017', phone.at, phone.name));
  }
  return {
    ...(people === undefined ? {} : { people: people.text }),
    ...(phone === undefined ? {} : { phone: phone.text }),
    ...(note === undefined ? {} : { note: note.text }),
  };
}

function listOf(cell: Cell | undefined): string[] {
  const ids = (cell?.text ?? '').split(/[\s、,，;；/|]+/).filter((id) => id !== '');
  return [...new Set(ids)].slice(0, nearMax);
}

/** A household near something that is not there would be shown for no alarm. */
export function nearProblems(rows: readonly HouseholdRow[], devices: ReadonlySet<string>): readonly Problem[] {
  return rows.flatMap(({ household, near }) => {
    if (near === null || household.near.every((id) => devices.has(id))) return [];
    return [setupProblem('SETUP-014', near.at, near.name, { zh: '设备编号', en: 'ids of devices' })];
  });
}
