/**
 * Nobody is on duty: whoever lives there has half a minute to wave the smoke of a pan away, and then the village is woken. Help
 * has to walk, so the neighbours are woken after two minutes, unless somebody has silenced the alarm by then.
 */
const unmannedVillage = { villageMs: 30_000, neighboursMs: 120_000 };
/**
 * Somebody is on duty: two minutes are enough to reach the panel, read the place and acknowledge. Five minutes are enough to have
 * gone and looked; a fire that nobody has silenced by then is more than one station can deal with.
 */
const mannedStation = { villageMs: 120_000, neighboursMs: 300_000 };
const times = {
    unmanned_village: unmannedVillage,
    manned_station: mannedStation,
};
/** The steps after the first one, which sounds the place itself at once. No neighbours: one step less. */
export function presetSteps(preset, village, neighbours) {
    const { villageMs, neighboursMs } = times[preset];
    const wakeVillage = {
        start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs: villageMs }],
        ...village,
    };
    if (neighbours.sound.length === 0 && neighbours.say === undefined)
        return [wakeVillage];
    return [wakeVillage, { start: [{ kind: 'after', afterMs: neighboursMs }], ...neighbours }];
}
