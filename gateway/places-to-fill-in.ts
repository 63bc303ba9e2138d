/** Places that somebody still has to write into a site file that is otherwise good. Pure. */
import type { FilePlace } from '../config/problem.js';
import { isToBeFilledIn } from '../config/to-be-filled-in.js';
import type { Words } from '../config/vocabulary.js';
import { parseYaml, type YamlPath } from '../config/yaml-document.js';
import { valueAt } from '../config/zod-problems.js';

/** Places that one note names; of the others their count is told. */
const namedMax = 8;

export interface PlaceToFillIn {
  /** The id of the device, of an object behind a panel together with its own: `panel-hall/relics`. */
  readonly device: string;
  readonly at: FilePlace;
}

/** In the order of the file; nothing for a text that is no site file. */
export function placesToFillIn(file: string, text: string): readonly PlaceToFillIn[] {
  const { document } = parseYaml(file, text);
  if (document === null) return [];
  const { value } = document;
  const found = (owner: YamlPath, device: string): readonly PlaceToFillIn[] => {
    const path = [...owner, 'place'];
    return isUnknown(valueAt(value, path)) ? [{ device, at: document.placeOf(path) }] : [];
  };
  return listAt(value, ['devices']).flatMap((_, index) => {
    const path = ['devices', index];
    const id = String(valueAt(value, [...path, 'id']));
    const objects = listAt(value, [...path, 'objects']).flatMap((_object, at) => {
      const own = [...path, 'objects', at];
      return found(own, `${id}/${String(valueAt(value, [...own, 'id']))}`);
    });
    return [...found(path, id), ...objects];
  });
}

/** One note for all of them; none when every place is written. */
export function placesNote(places: readonly PlaceToFillIn[]): readonly Words[] {
  if (places.length === 0) return [];
  const shown = places.slice(0, namedMax).map(({ device, at }) => [device, `${at.line}:${at.column}`] as const);
  const more = places.length > namedMax ? ' …' : '';
  const zh = shown.map(([device, at]) => `${at}（${device}）`).join('，');
  const en = shown.map(([device, at]) => `${at} (${device})`).join(', ');
  return [
    {
      zh: `还有 ${places.length} 处位置待填：${zh}${more}；写上它挂在哪里，有报警才知道往哪跑`,
      en: `places to be filled in: ${places.length}, at ${en}${more}; write where each one hangs, so that people know where to run`,
    },
  ];
}

function isUnknown(place: unknown): boolean {
  if (typeof place === 'string') return isToBeFilledIn(place);
  const [zh, en] = [valueAt(place, ['zh']), valueAt(place, ['en'])];
  return typeof zh === 'string' && typeof en === 'string' && isToBeFilledIn({ zh, en });
}

function listAt(value: unknown, path: YamlPath): readonly unknown[] {
  const found = valueAt(value, path);
  return Array.isArray(found) ? found : [];
}
