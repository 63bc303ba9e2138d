/** Entries and facets as rows of the file, and back. */
/** The named parameters of the insert; the position is given by the file. */
export function entryToColumns(entry, sequence) {
    return {
        epoch: entry.epoch,
        sequence,
        id: entry.id,
        lane: entry.lane,
        kind: entry.kind,
        class: entry.class,
        subject: entry.subject,
        alarm: entry.alarm,
        zone: entry.zone,
        mono: entry.mono,
        wall: entry.wall,
        clock: entry.clock,
        boot: entry.boot,
        origin: entry.origin,
        words: JSON.stringify(entry.words),
        detail: JSON.stringify(entry.detail),
    };
}
/** A row that this program wrote; throws SyntaxError when its JSON is damaged. */
export function entryFromColumns(row) {
    const columns = row;
    return {
        ...columns,
        words: JSON.parse(columns.words),
        detail: JSON.parse(columns.detail),
    };
}
export function facetToColumns(row) {
    return {
        subject: row.subject,
        class: row.class,
        zone: row.zone,
        name_zh: row.name.zh,
        name_en: row.name.en,
        condition: row.condition,
        alarm: row.alarm,
        raised_wall: row.raisedWall,
        acknowledged_by: row.acknowledgedBy,
        acknowledged_wall: row.acknowledgedWall,
        sounder: row.sounder,
        service: row.service,
        service_until_wall: row.serviceUntilWall,
        service_by: row.serviceBy,
        acknowledged_after_ms: row.acknowledgedAfterMs,
        frames: row.frames,
        confirmed: row.confirmed,
        silenced_wall: row.silencedWall,
        untold: row.untold,
    };
}
export function facetFromColumns(row) {
    const columns = row;
    return {
        subject: columns.subject,
        class: columns.class,
        zone: columns.zone,
        name: { zh: columns.name_zh, en: columns.name_en },
        condition: columns.condition,
        alarm: columns.alarm,
        raisedWall: columns.raised_wall,
        acknowledgedBy: columns.acknowledged_by,
        acknowledgedWall: columns.acknowledged_wall,
        sounder: columns.sounder,
        service: columns.service,
        serviceUntilWall: columns.service_until_wall,
        serviceBy: columns.service_by,
        acknowledgedAfterMs: columns.acknowledged_after_ms,
        frames: columns.frames,
        confirmed: columns.confirmed,
        silencedWall: columns.silenced_wall,
        untold: columns.untold,
    };
}
export function positionToColumns({ told, ...row }) {
    return { ...row, told_epoch: told?.epoch ?? null, told_sequence: told?.sequence ?? null };
}
export function positionFromColumns(row) {
    const { told_epoch: epoch, told_sequence: sequence, ...rest } = row;
    return { ...rest, told: epoch === null || sequence === null ? null : { epoch, sequence } };
}
