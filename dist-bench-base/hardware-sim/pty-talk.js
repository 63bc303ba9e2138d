export function tell(event, isJson) {
    if (isJson)
        return JSON.stringify(event);
    switch (event.event) {
        case 'ready':
            return `ready ${event.path}`;
        case 'output':
            return `output ${event.output} ${onOff(event.on)}`;
        case 'outputs':
            return ['outputs', ...Object.entries(event.outputs).map(([id, on]) => `${id}=${onOff(on)}`)].join(' ');
        case 'ok':
            return `ok ${event.command}`;
        case 'error':
            return `error ${event.text}`;
    }
}
export const commandHelp = 'set POINT STATE | off DEVICE | on DEVICE | cut | mend | delay DEVICE MS | outputs | quit';
const delayMaxMs = 60_000;
/** Null = not understood. */
export function parseCommand(line) {
    const [verb, first, second, ...rest] = line.trim().split(/\s+/);
    if (rest.length > 0)
        return null;
    switch (verb) {
        case 'set':
            return first === undefined || second === undefined ? null : { verb, point: first, state: second };
        case 'off':
        case 'on':
            return first === undefined || second !== undefined ? null : { verb, device: first };
        case 'delay': {
            const delayMs = Number(second);
            const isDelay = second !== undefined && delayMs >= 0 && delayMs <= delayMaxMs;
            return first === undefined || !isDelay ? null : { verb, device: first, delayMs };
        }
        case 'cut':
        case 'mend':
        case 'outputs':
        case 'quit':
            return first === undefined ? { verb } : null;
        default:
            return null;
    }
}
function onOff(on) {
    return on ? 'on' : 'off';
}
