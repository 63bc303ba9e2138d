import { configProblem } from './config-problems.js';
import { cadencesSchema, drillSchema, sirenTestSchema, walkTestSchema, } from './exercise-schema.js';
import { profileHint } from './profile-names.js';
import { keysAt } from './schema-keys.js';
import { boxSchema, deviceSchema, lineSchema, pinDrivers, siteSchema, zoneSchema, } from './site-schema.js';
import { outputSchema, planSchema } from './sounding-schema.js';
import { commandKeySchema, uplinkSchema } from './uplink-schema.js';
import { messageSchema, programmeSchema, quietHoursSchema, speakerSchema, } from './voice-schema.js';
import { pathText, problemsOfIssues, valueAt } from './zod-problems.js';
/** `profiles` are only looked at for hints. */
export function draftOf(document, profiles) {
    const { value } = document;
    const parsed = siteSchema.safeParse(value);
    const problems = [
        ...(parsed.success ? [] : problemsOfIssues(document, parsed.error.issues, helpsWith(profiles))),
        ...hiddenKeys(document),
    ];
    const hasGpio = valueAt(value, ['gpio']) !== undefined;
    const driver = valueAt(value, ['gpio', 'driver']);
    const draft = {
        lines: entries(value, 'lines', lineSchema),
        zones: entries(value, 'zones', zoneSchema),
        devices: entries(value, 'devices', deviceSchema),
        outputs: entries(value, 'outputs', outputSchema),
        plans: entries(value, 'plans', planSchema),
        speakers: entries(value, 'speakers', speakerSchema),
        messages: entries(value, 'messages', messageSchema),
        programme: entries(value, 'programme', programmeSchema),
        uplinks: entries(value, 'uplinks', uplinkSchema),
        commandKeys: entries(value, 'command_keys', commandKeySchema),
        quietHours: group(value, 'quiet_hours', quietHoursSchema),
        cadences: group(value, 'cadences', cadencesSchema),
        drill: group(value, 'drill', drillSchema),
        sirenTest: group(value, 'siren_test', sirenTestSchema),
        walkTest: group(value, 'walk_test', walkTestSchema),
        box: group(value, 'box', boxSchema),
        gpioDriver: hasGpio ? (pinDrivers.find((each) => each === (driver ?? 'auto')) ?? null) : null,
        hasGpio,
        named: {
            lines: ids(value, 'lines'),
            zones: ids(value, 'zones'),
            devices: ids(value, 'devices'),
            outputs: ids(value, 'outputs'),
            speakers: ids(value, 'speakers'),
            messages: ids(value, 'messages'),
        },
        whole: parsed.success ? parsed.data : null,
    };
    return { draft, problems };
}
function helpsWith(profiles) {
    return {
        knownKeys: (path) => keysAt(siteSchema, path),
        hintAt: (key, got) => (key === 'profile' && typeof got === 'string' ? profileHint(got, profiles) : null),
    };
}
/** Zod passes over this one key where keys are free: it would be neither used nor refused. */
function hiddenKeys(document) {
    const hidden = '__proto__';
    const { value } = document;
    const free = list(value, 'devices').flatMap((_, index) => ['options', 'limits', 'sampling'].map((group) => ['devices', index, group]));
    return [...free, ['box', 'limits']].flatMap((group) => {
        const path = [...group, hidden];
        if (valueAt(value, path) === undefined)
            return [];
        return [configProblem('CONF-011', document.placeOfKey(path), pathText(path), null, hidden)];
    });
}
function list(value, key) {
    const found = valueAt(value, [key]);
    return Array.isArray(found) ? found : [];
}
function entries(value, key, schema) {
    return list(value, key).flatMap((item, index) => {
        const parsed = schema.safeParse(item);
        return parsed.success ? [{ index, value: parsed.data }] : [];
    });
}
function group(value, key, schema) {
    const parsed = schema.safeParse(valueAt(value, [key]));
    return parsed.success ? parsed.data : null;
}
function ids(value, key) {
    const found = list(value, key).map((item) => valueAt(item, ['id']));
    return new Set(found.filter((id) => typeof id === 'string'));
}
