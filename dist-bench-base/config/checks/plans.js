import { applyProfile } from '../applied-profile.js';
import { classOfRole } from '../vocabulary.js';
import { missing } from './finding.js';
const presetKeys = ['village', 'neighbours', 'village_say', 'neighbours_say'];
/** Each plan names what exists, a plan for fire sounds a siren, and no fire point is left without such a plan. */
export const checkPlans = function* (site) {
    for (const entry of site.draft.plans) {
        yield* references(site, entry);
        yield* steps(entry);
        yield* preset(entry);
        if (entry.value.when.class === 'fire' && !soundsSiren(site, entry.value)) {
            const where = `plan ${entry.value.id}`;
            const got = entry.value.sound.join(', ');
            yield {
                code: 'CONF-051',
                path: ['plans', entry.index, 'sound'],
                where,
                expected: { zh: '警铃', en: 'a siren' },
                got,
            };
        }
    }
    if (site.draft.whole !== null)
        yield* uncovered(site.draft.whole, site.profiles);
};
function* references({ draft }, { index, value }) {
    const where = `plan ${value.id}`;
    const zones = value.when.zones === 'all' ? [] : value.when.zones;
    for (const [at, zone] of zones.entries()) {
        if (!draft.named.zones.has(zone)) {
            yield missing('CONF-023', ['plans', index, 'when', 'zones', at], where, zone, draft.named.zones);
        }
    }
    const plan = ['plans', index];
    const lists = [
        [[...plan, 'sound'], value.sound],
        ...value.steps.map(({ sound }, step) => [[...plan, 'steps', step, 'sound'], sound ?? []]),
        [[...plan, 'village'], value.village ?? []],
        [[...plan, 'neighbours'], value.neighbours ?? []],
    ];
    for (const [list, outputs] of lists) {
        for (const [at, id] of outputs.entries()) {
            const path = [...list, at];
            if (!draft.named.outputs.has(id))
                yield missing('CONF-050', path, where, id, draft.named.outputs);
            const output = draft.outputs.find((entry) => entry.value.id === id)?.value;
            const others = output === undefined ? null : switchedByOthers(output);
            if (others === null)
                continue;
            yield { code: 'CONF-059', path, where, expected: null, got: `${id} (${others.got})`, hint: others.hint };
        }
    }
}
/** What makes an output none that a plan may switch, and what to do; or null. */
function switchedByOthers({ kind, shows }) {
    if (kind === 'amplifier') {
        const zh = '功放由喇叭开关：从 sound 中去掉，在喇叭上写 amplifier，预案里用 say';
        const en = 'speakers switch an amplifier: take it out of sound, name it at a speaker, and write say in the plan';
        return { got: `kind: ${kind}`, hint: { zh, en } };
    }
    if (kind === 'heartbeat') {
        const zh = '心跳输出自己动作，从预案中去掉';
        return { got: `kind: ${kind}`, hint: { zh, en: 'a heartbeat acts by itself; take it out of the plan' } };
    }
    if (kind !== 'lamp' || shows === undefined)
        return null;
    const zh = '写了 shows 的灯自己动作：从预案中去掉，或删掉 shows';
    const en = 'a lamp with shows acts by itself: take it out of the plan, or remove shows';
    return { got: `shows: ${shows}`, hint: { zh, en } };
}
/** A preset brings its steps with it, for fires only; its keys mean nothing without it. */
function* preset({ index, value }) {
    const path = ['plans', index];
    const where = `plan ${value.id}`;
    if (value.preset === undefined) {
        const [orphan] = presetKeys.filter((key) => value[key] !== undefined);
        if (orphan === undefined)
            return;
        const expected = { zh: '同时写 preset', en: 'preset beside it' };
        yield { code: 'CONF-072', path: [...path, orphan], where, expected, got: { zh: '没有 preset', en: 'no preset' } };
        return;
    }
    const got = `preset: ${value.preset}`;
    if (value.village === undefined) {
        yield { code: 'CONF-012', path, where, expected: 'village', got };
    }
    if (value.steps.length > 0) {
        const expected = { zh: 'preset 或 steps', en: 'preset or steps' };
        yield { code: 'CONF-072', path: [...path, 'steps'], where, expected, got: `steps, ${got}` };
    }
    if (value.when.class !== 'fire') {
        const found = `class: ${value.when.class}`;
        yield { code: 'CONF-072', path: [...path, 'when', 'class'], where, expected: 'class: fire', got: found };
    }
}
/** A step begins some time, and does something; only a fire is ever confirmed. */
function* steps({ index, value }) {
    for (const [at, { confirmed, unacknowledged_s, after_s, sound, say }] of value.steps.entries()) {
        const path = ['plans', index, 'steps', at];
        const where = `plan ${value.id}`;
        if (sound === undefined && say === undefined) {
            yield { code: 'CONF-085', path, where, expected: 'sound, say', got: { zh: '都没写', en: 'none of them' } };
        }
        const begins = unacknowledged_s !== undefined || after_s !== undefined;
        if (begins || (confirmed === true && value.when.class === 'fire'))
            continue;
        const got = confirmed === true ? `confirmed, class: ${value.when.class}` : { zh: '都没写', en: 'none of them' };
        const expected = 'confirmed (fire), unacknowledged_s, after_s';
        yield { code: 'CONF-058', path, where, expected, got };
    }
}
/** An output that is not well-formed or not there has its own problem; it counts as a siren here. */
function soundsSiren({ draft }, plan) {
    return plan.sound.some((id) => {
        const output = draft.outputs.find(({ value }) => value.id === id);
        return output === undefined || output.value.kind === 'siren';
    });
}
function* uncovered(site, profiles) {
    const firePlans = site.plans.filter(({ when }) => when.class === 'fire');
    const coversAll = firePlans.some(({ when }) => when.zones === 'all');
    const covered = new Set(firePlans.flatMap(({ when }) => (when.zones === 'all' ? [] : when.zones)));
    if (coversAll)
        return;
    const known = new Set(site.zones.map(({ id }) => id));
    const told = new Set();
    for (const { who, path, zone } of firePlaces(site, profiles)) {
        // A zone that is not there has its own problem.
        if (zone !== undefined && (covered.has(zone) || told.has(zone) || !known.has(zone)))
            continue;
        // One problem per zone is enough; a device without a zone has its own.
        if (zone !== undefined)
            told.add(zone);
        const where = zone === undefined ? who : `zone ${zone}`;
        yield {
            code: 'CONF-052',
            path,
            where,
            expected: { zh: 'class: fire 的预案', en: 'a plan with class: fire' },
            got: who,
        };
    }
}
/** Where a fire can be told: devices, and listed detectors behind a panel in a zone of their own. */
function* firePlaces(site, profiles) {
    for (const [index, device] of site.devices.entries()) {
        const profile = profiles.get(device.profile);
        if (profile === undefined || !hasFirePoint(profile, device))
            continue;
        const { zone } = device;
        const path = ['devices', index, ...(zone === undefined ? [] : ['zone'])];
        yield { who: `device ${device.id}`, path, zone };
        const applied = applyProfile(profile, device);
        const listed = applied?.kind === 'stream' ? applied.objects?.point : undefined;
        const objectsTellFire = listed !== undefined && hasFirePoint(profile, device, listed);
        for (const [at, object] of device.objects.entries()) {
            if (object.zone === undefined || !objectsTellFire)
                continue;
            const own = ['devices', index, 'objects', at, 'zone'];
            yield { who: `device ${device.id} object ${object.id}`, path: own, zone: object.zone };
        }
    }
}
/** False when the device's options are wrong: then a fire point can not be told from others, and they come first. */
function hasFirePoint(profile, device, only) {
    const applied = applyProfile(profile, device);
    switch (applied?.kind) {
        case 'contact':
            return classOfRole[applied.profile.contact.role] === 'fire';
        case 'signal':
            return classOfRole[applied.signal.role] === 'fire';
        case 'modbus':
        case 'stream':
            return applied.points.some(({ key, role }) => (only === undefined || key === only) && classOfRole[role] === 'fire');
        case undefined:
            return false;
    }
}
