/** `unit 5 holding 16+1` */
export function whereOf({ unit, request }) {
    const count = request.kind === 'read' ? `+${request.count}` : '';
    return `unit ${unit.address} ${request.table} ${request.address}${count}`;
}
/** The tty's path, or `host:port`. */
export function whereOfLink(config) {
    return config.transport === 'serial' ? config.path : `${config.host}:${config.port}`;
}
