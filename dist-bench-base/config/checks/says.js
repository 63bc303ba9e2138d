export function* saysOf({ plans, programme, drill, sirenTest }) {
    for (const { index, value } of plans) {
        const plan = ['plans', index];
        const where = `plan ${value.id}`;
        const lists = [
            [[...plan, 'say'], value.say ?? []],
            ...value.steps.map(({ say }, step) => [[...plan, 'steps', step, 'say'], say ?? []]),
            [[...plan, 'village_say'], value.village_say ?? []],
            [[...plan, 'neighbours_say'], value.neighbours_say ?? []],
        ];
        for (const [path, says] of lists) {
            for (const [at, say] of says.entries())
                yield { say, path: [...path, at], where };
        }
        if (value.all_clear !== undefined)
            yield { say: value.all_clear, path: [...plan, 'all_clear'], where };
    }
    for (const { index, value } of programme) {
        yield { say: value, path: ['programme', index], where: `programme ${value.id}` };
    }
    const single = [
        [['drill', 'begins'], drill?.begins],
        [['drill', 'ends'], drill?.ends],
        [['siren_test', 'begins'], sirenTest?.begins],
    ];
    for (const [path, say] of single) {
        if (say !== undefined)
            yield { say, path, where: path.join('.') };
    }
}
