/** YAML text → plain value plus the place of every part. Hostile text gives Problems, never an exception. */
import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, } from 'yaml';
import { configProblem } from './config-problems.js';
import { faultHint, faultWords } from './yaml-faults.js';
import { isTooMuchYaml } from './yaml-guard.js';
export function parseYaml(file, text) {
    const lines = new LineCounter();
    const at = (offset) => {
        const { line, col } = lines.linePos(offset);
        return { file, line: Math.max(1, line), column: Math.max(1, col) };
    };
    if (isTooMuchYaml(text)) {
        return { document: null, problems: [configProblem('CONF-009', { file, line: 1, column: 1 }, file)] };
    }
    // Keys are compared below: the library's own comparison needs time squared in the number of keys.
    const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, stringKeys: true });
    const faults = [...parsed.errors, ...parsed.warnings];
    if (faults.length > 0) {
        const isTag = ({ code }) => code === 'TAG_RESOLVE_FAILED';
        const tags = faults.filter(isTag).map(({ pos }) => configProblem('CONF-008', at(pos[0]), file));
        // After the first wrong sign the rest is read wrongly: what it says of the other lines helps nobody.
        const [first] = faults.filter((fault) => !isTag(fault)).sort((a, b) => a.pos[0] - b.pos[0]);
        if (first === undefined)
            return { document: null, problems: tags };
        const place = at(first.pos[0]);
        const { code, message } = first;
        const hint = faultHint(code, message, text, place.line) ?? undefined;
        return {
            document: null,
            problems: [configProblem('CONF-006', place, file, null, faultWords(code, message), hint)],
        };
    }
    const problems = [];
    if (parsed.contents === null || (isScalar(parsed.contents) && parsed.contents.value === null)) {
        return { document: null, problems: [configProblem('CONF-005', at(0), file)] };
    }
    const root = { keyOffset: 0, offset: startOf(parsed.contents), children: new Map() };
    const refuse = (code, offset, where) => {
        problems.push(configProblem(code, at(offset), where));
    };
    const value = plain(parsed.contents, root, refuse);
    const placeOf = (path) => at(find(root, path).tree.offset);
    const placeOfKey = (path) => {
        const { tree, isExact } = find(root, path);
        return at(isExact ? tree.keyOffset : tree.offset);
    };
    return { document: { file, value, placeOf, placeOfKey }, problems };
}
function plain(node, place, refuse) {
    if (node === null)
        return null;
    if (isAlias(node)) {
        refuse('CONF-008', startOf(node), `*${node.source}`);
        return null;
    }
    if (node.anchor !== undefined)
        refuse('CONF-008', startOf(node), `&${node.anchor}`);
    if (node.tag !== undefined)
        refuse('CONF-008', startOf(node), node.tag);
    if (isSeq(node))
        return node.items.map((item, index) => plain(item, grow(place, index, startOf(item)), refuse));
    if (!isMap(node))
        return node.value;
    // Without a prototype, so that a key `__proto__` is a key like any other.
    const map = Object.create(null);
    for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : '?';
        const keyOffset = startOf(key);
        if (Object.hasOwn(map, name))
            refuse('CONF-007', keyOffset, name);
        const child = grow(place, name, value === null ? keyOffset : startOf(value), keyOffset);
        map[name] = plain(value, child, refuse);
    }
    return map;
}
function grow(parent, step, offset, keyOffset = offset) {
    const child = { keyOffset, offset, children: new Map() };
    parent.children.set(step, child);
    return child;
}
function startOf(node) {
    return node?.range?.[0] ?? 0;
}
function find(root, path) {
    let tree = root;
    for (const step of path) {
        const child = tree.children.get(step);
        if (child === undefined)
            return { tree, isExact: false };
        tree = child;
    }
    return { tree, isExact: true };
}
