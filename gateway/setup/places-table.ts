/** The table of places: where each unit hangs. A row is found by device id, or by line and address. Pure. */
import type { FilePlace, Problem } from '../../config/problem.js';
import { textMaxChars } from '../../config/schema-words.js';
import type { WordsYaml } from '../../config/site-schema.js';
import type { Cell } from './csv-cells.js';
import { setupProblem } from './setup-problems.js';
import { type Column, type TableRow, tableOf } from './table-columns.js';
import { type NamedZone, zoneByName, zoneList } from './zone-by-name.js';

type Key = 'device' | 'line' | 'address' | 'zone' | 'zh' | 'en';

export const placesColumns: readonly Column<Key>[] = [
  { key: 'line', headings: ['线路', 'line', '串口', 'port'] },
  { key: 'address', headings: ['地址', 'address', '设备地址', '从站地址', '站号', 'unit'] },
  { key: 'device', headings: ['设备编号', 'device', '设备', 'id'] },
  { key: 'zone', headings: ['防区', 'zone', '分区'] },
  { key: 'zh', headings: ['位置', 'place', '安装位置', '地点', 'place_zh', 'place zh'], isRequired: true },
  { key: 'en', headings: ['英文位置', 'place_en', '位置（英文）', 'english'] },
];

export interface PlaceRow {
  /** Exactly one of both. */
  readonly unit: { readonly line: string | null; readonly address: number } | { readonly device: string };
  readonly zone: string | null;
  readonly place: WordsYaml;
  readonly at: FilePlace;
  readonly cell: string;
}

export interface PlacesTable {
  readonly rows: readonly PlaceRow[];
  readonly problems: readonly Problem[];
}

export function placesOf(file: string, text: string, zones: readonly NamedZone[]): PlacesTable {
  const table = tableOf(file, text, placesColumns);
  const problems = [...table.problems];
  const rows = table.rows.flatMap((row) => {
    const found: Problem[] = [];
    const unit = unitOf(row, found);
    const place = placeOf(row, found);
    const zone = zoneOf(row.cells.zone, zones, found);
    problems.push(...found);
    if (unit === null || place === null || found.length > 0) return [];
    return [{ unit, zone, place, at: row.at, cell: row.name }];
  });
  return { rows, problems };
}

function unitOf({ cells, at, name }: TableRow<Key>, problems: Problem[]): PlaceRow['unit'] | null {
  const { device, line, address } = cells;
  if (address === undefined) {
    if (device !== undefined) return { device: device.text };
    const wanted = { zh: '地址，或设备编号', en: 'an address, or the id of a device' };
    problems.push(setupProblem('SETUP-011', at, name, wanted));
    return null;
  }
  const number = /^[0-9]{1,3}$/.test(address.text) ? Number(address.text) : null;
  if (number === null || number > 255) {
    problems.push(setupProblem('SETUP-012', address.at, address.name, '0 … 255', address.text));
    return null;
  }
  return { line: line?.text ?? null, address: number };
}

function placeOf({ cells, at, name }: TableRow<Key>, problems: Problem[]): WordsYaml | null {
  const { zh, en } = cells;
  for (const cell of [zh, en]) {
    if (cell === undefined || cell.text.length <= textMaxChars) continue;
    problems.push(setupProblem('SETUP-012', cell.at, cell.name, `≤ ${textMaxChars}`, String(cell.text.length)));
  }
  if (zh === undefined) {
    problems.push(setupProblem('SETUP-011', at, `${name} 位置 place`));
    return null;
  }
  return en === undefined ? oneLine(zh) : { zh: oneLine(zh), en: oneLine(en) };
}

function oneLine({ text }: Cell): string {
  return text.replaceAll(/\s+/g, ' ');
}

/** Null where the cell is empty; a problem where there is no such zone. */
export function zoneOf(
  cell: Cell | undefined,
  zones: readonly NamedZone[],
  problems: Problem[],
  isPrivate = false,
): string | null {
  if (cell === undefined) return null;
  const zone = zoneByName(cell.text, zones);
  if (zone === null) {
    problems.push(setupProblem('SETUP-015', cell.at, cell.name, zoneList(zones), isPrivate ? null : cell.text));
  }
  return zone;
}
