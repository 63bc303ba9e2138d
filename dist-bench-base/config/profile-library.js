/** All device profiles of a directory, validated. A profile is found by existing: nothing has to be registered. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { configProblem } from './config-problems.js';
import { brokenRules } from './profile-rules.js';
import { contactProfileSchema, modbusProfileSchema, signalProfileSchema, } from './profile-schema.js';
import { readTextFile, systemCode } from './read-text.js';
import { keysAt } from './schema-keys.js';
import { streamProfileSchema } from './stream-profile-schema.js';
import { parseYaml } from './yaml-document.js';
import { pathText, problemsOfIssues, valueAt } from './zod-problems.js';
/** The profiles that come with the program: `profiles/` beside this module. */
export const ownProfilesDir = path.join(import.meta.dirname, 'profiles');
/** Never rejects: an unreadable directory or file is a Problem. */
export async function loadProfileLibrary(directory = ownProfilesDir) {
    const profiles = new Map();
    const problems = [];
    let names;
    try {
        names = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort();
    }
    catch (cause) {
        return { profiles, problems: [configProblem('CONF-062', null, directory, null, systemCode(cause))] };
    }
    for (const name of names) {
        const file = path.join(directory, name);
        const read = await readTextFile(file);
        if (!read.ok)
            problems.push(read.problem);
        else {
            const parsed = parseProfile(file, read.text);
            problems.push(...parsed.problems);
            if (parsed.profile !== null)
                profiles.set(parsed.profile.id, parsed.profile);
        }
    }
    return { profiles, problems };
}
/** One profile from its text; `profile` is null when there is any problem. */
export function parseProfile(file, text) {
    const { document, problems } = parseYaml(file, text);
    if (document === null || problems.length > 0)
        return { profile: null, problems };
    const at = ['link', 'kind'];
    const kind = valueAt(document.value, at) ?? 'modbus';
    if (!isKind(kind)) {
        const known = Object.keys(schemas).join(', ');
        return {
            profile: null,
            problems: [configProblem('CONF-014', document.placeOf(at), pathText(at), known, String(kind))],
        };
    }
    const schema = schemas[kind];
    const parsed = schema.safeParse(document.value);
    if (!parsed.success) {
        const found = problemsOfIssues(document, parsed.error.issues, {
            knownKeys: (inner) => keysAt(schema, inner),
        });
        return { profile: null, problems: found };
    }
    const found = brokenRules(parsed.data).map(({ path: place, expected, got }) => configProblem('CONF-061', document.placeOf(place), pathText(place), expected, got));
    const wanted = path.basename(file, '.yaml');
    if (parsed.data.id !== wanted) {
        found.push(configProblem('CONF-060', document.placeOf(['id']), 'id', wanted, parsed.data.id));
    }
    return { profile: found.length === 0 ? parsed.data : null, problems: found };
}
const schemas = {
    modbus: modbusProfileSchema,
    contact: contactProfileSchema,
    signal: signalProfileSchema,
    stream: streamProfileSchema,
};
function isKind(kind) {
    return typeof kind === 'string' && Object.hasOwn(schemas, kind);
}
