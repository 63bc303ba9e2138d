/** YAML text → plain value plus the place of every part. Hostile text gives Problems, never an exception. */
import path from 'node:path';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { configProblem } from './config-problems.js';
import type { FilePlace, Problem } from './problem.js';
import { faultHint, faultOffset, faultWords } from './yaml-faults.js';
import { isTooMuchYaml } from './yaml-guard.js';

export type YamlPath = readonly (string | number)[];

export interface YamlDocument {
  readonly file: string;
  /** Plain objects (without prototype), arrays, strings, numbers, booleans, null. */
  readonly value: unknown;
  /** Where the value stands; for a path that is not there, the nearest part that is. */
  placeOf(path: YamlPath): FilePlace;
  /** Where the key of the last step stands. */
  placeOfKey(path: YamlPath): FilePlace;
}

/** `document` is null when the text can not be understood at all; `problems` may be there in both cases. */
export interface YamlOutcome {
  readonly document: YamlDocument | null;
  readonly problems: readonly Problem[];
}

/** The place of one part and of the parts inside it; offsets into the text. */
interface PlaceTree {
  readonly keyOffset: number;
  readonly offset: number;
  readonly children: Map<string | number, PlaceTree>;
}

export function parseYaml(file: string, text: string): YamlOutcome {
  // Its place says the whole path already.
  const name = path.basename(file);
  const lines = new LineCounter();
  const at = (offset: number): FilePlace => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (isTooMuchYaml(text)) {
    return { document: null, problems: [configProblem('CONF-009', { file, line: 1, column: 1 }, name)] };
  }
  // Keys are compared below: the library's own comparison needs time squared in the number of keys.
  const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, stringKeys: true });
  const faults = [...parsed.errors, ...parsed.warnings];
  if (faults.length > 0) {
    const isTag = ({ code }: YAMLError): boolean => code === 'TAG_RESOLVE_FAILED';
    const tags = faults.filter(isTag).map(({ pos }) => configProblem('CONF-008', at(pos[0]), name));
    // After the first wrong sign the rest is read wrongly: what it says of the other lines helps nobody.
    const [first] = faults.filter((fault) => !isTag(fault)).sort((a, b) => a.pos[0] - b.pos[0]);
    if (first === undefined) return { document: null, problems: tags };
    const { code, message } = first;
    const place = at(faultOffset(code, message, text, first.pos[0]));
    const hint = faultHint(code, message, text, place.line) ?? undefined;
    return {
      document: null,
      problems: [configProblem('CONF-006', place, name, null, faultWords(code, message), hint)],
    };
  }
  const problems: Problem[] = [];
  if (parsed.contents === null || (isScalar(parsed.contents) && parsed.contents.value === null)) {
    return { document: null, problems: [configProblem('CONF-005', at(0), name)] };
  }
  const root: PlaceTree = { keyOffset: 0, offset: startOf(parsed.contents), children: new Map() };
  const refuse = (code: 'CONF-007' | 'CONF-008', offset: number, where: string): void => {
    problems.push(configProblem(code, at(offset), where));
  };
  const value = plain(parsed.contents, root, refuse);
  const placeOf = (path: YamlPath): FilePlace => at(find(root, path).tree.offset);
  const placeOfKey = (path: YamlPath): FilePlace => {
    const { tree, isExact } = find(root, path);
    return at(isExact ? tree.keyOffset : tree.offset);
  };
  return { document: { file, value, placeOf, placeOfKey }, problems };
}

type Refuse = (code: 'CONF-007' | 'CONF-008', offset: number, where: string) => void;

function plain(node: ParsedNode | null, place: PlaceTree, refuse: Refuse): unknown {
  if (node === null) return null;
  if (isAlias(node)) {
    refuse('CONF-008', startOf(node), `*${node.source}`);
    return null;
  }
  if (node.anchor !== undefined) refuse('CONF-008', startOf(node), `&${node.anchor}`);
  if (node.tag !== undefined) refuse('CONF-008', startOf(node), node.tag);
  if (isSeq(node)) return node.items.map((item, index) => plain(item, grow(place, index, startOf(item)), refuse));
  if (!isMap(node)) return node.value;
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const map: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : '?';
    const keyOffset = startOf(key);
    if (Object.hasOwn(map, name)) refuse('CONF-007', keyOffset, name);
    const child = grow(place, name, value === null ? keyOffset : startOf(value), keyOffset);
    map[name] = plain(value, child, refuse);
  }
  return map;
}

function grow(parent: PlaceTree, step: string | number, offset: number, keyOffset = offset): PlaceTree {
  const child: PlaceTree = { keyOffset, offset, children: new Map() };
  parent.children.set(step, child);
  return child;
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

function find(root: PlaceTree, path: YamlPath): { readonly tree: PlaceTree; readonly isExact: boolean } {
  let tree = root;
  for (const step of path) {
    const child = tree.children.get(step);
    if (child === undefined) return { tree, isExact: false };
    tree = child;
  }
  return { tree, isExact: true };
}
