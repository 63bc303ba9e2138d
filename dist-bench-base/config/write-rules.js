/** Rules for what a profile writes: commands of a row, actions; and for the settings that it reads back. */
import { nothing, repeats } from './broken-rule.js';
import { channelRow } from './channel-row.js';
import { readFunction } from './point-rules.js';
/** All broken rules of commands, actions and setup. */
export function writeRules(profile) {
    return [...commandRules(profile), ...actionRules(profile), ...setupRules(profile)];
}
function commandRules(profile) {
    const { commands, points } = profile;
    if (commands === undefined)
        return [];
    const rules = [];
    if (!points.some(({ key }) => key === commands.row && channelRow(key) !== null)) {
        rules.push({
            path: ['commands', 'row'],
            expected: { zh: 'points 中一排点的键', en: 'the key of a row in points' },
            got: commands.row,
        });
    }
    for (const key of ['on', 'off']) {
        const { table, value } = commands[key];
        if (table === 'coil' && value > 1) {
            rules.push({
                path: ['commands', key, 'value'],
                expected: { zh: '线圈用 0 或 1', en: '0 or 1 for a coil' },
                got: String(value),
            });
        }
        rules.push(...functionRule(profile, ['commands', key, 'table'], table === 'coil' ? 5 : 6));
    }
    return [...rules, ...timedRules(profile)];
}
function timedRules(profile) {
    const timed = profile.commands?.timed;
    if (timed === undefined)
        return [];
    const path = ['commands', 'timed'];
    const { table, base, step_ms, max_s } = timed;
    const rules = functionRule(profile, [...path, 'table'], table === 'coil' ? 5 : 6);
    if (1000 % step_ms !== 0) {
        rules.push({ path: [...path, 'step_ms'], expected: 'a number that divides 1000', got: String(step_ms) });
    }
    const highest = base + (max_s * 1000) / step_ms;
    // FF00 switches a coil on for good.
    const most = table === 'coil' ? 0xfeff : 0xffff;
    if (highest > most) {
        rules.push({ path: [...path, 'max_s'], expected: `values up to ${most}`, got: String(highest) });
    }
    return rules;
}
function actionRules(profile) {
    const { actions } = profile;
    const twice = [...repeats(actions.map(({ key }) => key))].map(({ repeated, index }) => {
        return { path: ['actions', index, 'key'], expected: { zh: '每个键只写一次', en: 'each key once' }, got: repeated };
    });
    return [...twice, ...actions.flatMap((action, index) => actionRule(profile, action, ['actions', index]))];
}
function actionRule(profile, action, path) {
    const rules = [];
    const { risk, requires, verify, steps } = action;
    // What switches power must be seen to be allowed before, and to have happened after.
    if (risk === 'power' || risk === 'dangerous') {
        if (requires === undefined)
            rules.push({
                path,
                expected: { zh: `风险为 ${risk} 时写 requires`, en: `requires for risk ${risk}` },
                got: nothing,
            });
        if (verify === undefined)
            rules.push({ path, expected: { zh: `风险为 ${risk} 时写 verify`, en: `verify for risk ${risk}` }, got: nothing });
    }
    for (const key of ['requires', 'verify']) {
        const named = action[key];
        if (named !== undefined)
            rules.push(...stateRule(profile.points, named, [...path, key]));
    }
    if (!steps.some((step) => 'write' in step))
        rules.push({ path: [...path, 'steps'], expected: { zh: '一次写入', en: 'a write' }, got: nothing });
    for (const [index, step] of steps.entries()) {
        if (!('write' in step))
            continue;
        const { table, fc } = step.write;
        const at = [...path, 'steps', index, 'write', 'fc'];
        const isForCoils = fc === 5 || fc === 15;
        if ((table === 'coil') !== isForCoils) {
            rules.push({
                path: at,
                expected: table === 'coil'
                    ? { zh: '线圈用 5 或 15', en: '5 or 15 for a coil' }
                    : { zh: '寄存器用 6 或 16', en: '6 or 16 for a register' },
                got: String(fc),
            });
        }
        rules.push(...functionRule(profile, at, fc));
    }
    return rules;
}
function stateRule(points, named, path) {
    const point = points.find(({ key }) => key === named.point && channelRow(key) === null);
    if (point === undefined)
        return [
            { path: [...path, 'point'], expected: { zh: '单个点的键', en: 'the key of a single point' }, got: named.point },
        ];
    const states = (point.states ?? []).map(({ key }) => key);
    if (states.includes(named.state))
        return [];
    const expected = states.length === 0 ? { zh: '有状态的点', en: 'a point with states' } : states.join(', ');
    return [{ path: [...path, 'state'], expected, got: named.state }];
}
function setupRules(profile) {
    return profile.setup.flatMap(({ read: { table, addr } }, index) => {
        const path = ['setup', index, 'read'];
        const hidden = profile.limits.forbidden.find((area) => area.table === table && addr >= area.from && addr <= area.to);
        return [
            ...functionRule(profile, [...path, 'table'], readFunction[table]),
            ...(hidden === undefined
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
                ]),
        ];
    });
}
function functionRule({ limits }, path, fc) {
    if (limits.fc.includes(fc) && !limits.forbidden_fc.includes(fc))
        return [];
    return [
        {
            path,
            expected: { zh: `功能码 ${limits.fc.join('、')} 之一`, en: `one of the functions ${limits.fc.join(', ')}` },
            got: `function ${fc}`,
        },
    ];
}
