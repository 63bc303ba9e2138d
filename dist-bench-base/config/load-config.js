/** Site file → SiteConfig: read, validate, cross-check, resolve, freeze. All problems at once, each with its place. */
import path from 'node:path';
import { configProblem } from './config-problems.js';
import { crossCheck } from './cross-checks.js';
import { deepFreeze } from './deep-freeze.js';
import { toldIn } from './problem.js';
import { loadProfileLibrary } from './profile-library.js';
import { readTextFile } from './read-text.js';
import { resolveSite } from './resolve-site.js';
import { draftOf } from './site-draft.js';
import { parseYaml } from './yaml-document.js';
import { valueAt } from './zod-problems.js';
/** More than this nobody reads; the rest is counted. */
export const problemsMax = 200;
/** Never rejects for bad input: whatever is wrong with the file is in `problems`. */
export async function loadConfig(file, options) {
    const absolute = path.resolve(file);
    const read = await readTextFile(absolute);
    if (!read.ok)
        return { ok: false, problems: [read.problem] };
    return loadConfigText(absolute, read.text, {
        ...options,
        profiles: options.profiles ?? (await loadProfileLibrary()),
    });
}
/** The same for a text that did not come from a file (a staged config); `file` only names it and anchors paths. */
export function loadConfigText(file, text, options) {
    const { document, problems } = parseYaml(file, text);
    if (document === null)
        return refused(problems);
    const { profiles } = options.profiles;
    const { draft, problems: schemaProblems } = draftOf(document, profiles);
    const faultyProfiles = new Set(options.profiles.problems.map(profileOf));
    const crossProblems = crossCheck(document, { ...options, draft, profiles, faultyProfiles });
    const profileProblems = problemsThatMatter(options.profiles, document.value);
    const all = [...problems, ...inOrder([...schemaProblems, ...crossProblems]), ...profileProblems];
    if (all.length > 0 || draft.whole === null)
        return refused(all);
    return { ok: true, config: deepFreeze(resolveSite(file, draft.whole, profiles)) };
}
/** A faulty file of a model that this site does not have is no reason to leave the site unwatched. */
function problemsThatMatter({ problems }, site) {
    const devices = valueAt(site, ['devices']);
    const used = new Set((Array.isArray(devices) ? devices : []).map((device) => valueAt(device, ['profile'])));
    return problems.filter((problem) => {
        // Without a place: the library itself can not be read. CONF-060 tells the id that stands in a file of another name.
        const isMeant = problem.code === 'CONF-060' && used.has(toldIn(problem.got ?? '', 'en'));
        return problem.at === null || isMeant || used.has(profileOf(problem));
    });
}
/** The profile that a problem of the library is about: its file is called so. */
function profileOf({ at }) {
    return path.basename(at?.file ?? '', '.yaml');
}
function refused(problems) {
    const [first] = problems;
    if (first === undefined || problems.length <= problemsMax)
        return { ok: false, problems };
    const rest = configProblem('CONF-010', first.at, 'the file', `at most ${problemsMax}`, String(problems.length));
    return { ok: false, problems: [...problems.slice(0, problemsMax), rest] };
}
/** As they stand in the file, from top to bottom. */
function inOrder(problems) {
    const row = (problem) => problem.at?.line ?? 0;
    return [...problems].sort((a, b) => row(a) - row(b));
}
