/** `nowMono`: when the figures were taken; `frame`: of all of them. */
export function uplinkReadings(points, statuses, nowMono, frame) {
    const statusOf = new Map(statuses.map((status) => [status.id, status]));
    return points.flatMap(({ id: pointId, source }) => {
        const status = source.kind === 'uplink' ? statusOf.get(source.uplink) : undefined;
        if (source.kind !== 'uplink' || status === undefined)
            return [];
        const stamp = { pointId, sampledMono: nowMono, frame, confirmed: true };
        const value = figureOf(source, status);
        return [
            value === null
                ? { ...stamp, quality: 'bad', value, reason: 'not-ready' }
                : { ...stamp, quality: 'good', value, reason: null },
        ];
    });
}
function figureOf({ what }, { queued, oldestAgeMs, unkept }) {
    const backlog = queued.fire + queued.journal + queued.telemetry;
    switch (what) {
        case 'backlog':
            return backlog;
        case 'backlog_age':
            if (backlog === 0)
                return 0;
            return oldestAgeMs === null ? null : Math.round(oldestAgeMs / 1000);
        case 'unkept':
            return unkept;
    }
}
