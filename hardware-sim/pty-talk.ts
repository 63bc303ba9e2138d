/** What the simulated line says on stdout and understands on stdin: one plain line, or one JSON object, each. */
export type PtyEvent =
  | { readonly event: 'ready'; readonly path: string }
  | { readonly event: 'output'; readonly output: string; readonly on: boolean }
  | { readonly event: 'outputs'; readonly outputs: Readonly<Record<string, boolean>> }
  | { readonly event: 'ok'; readonly command: string }
  | { readonly event: 'error'; readonly text: string };

export function tell(event: PtyEvent, isJson: boolean): string {
  if (isJson) return JSON.stringify(event);
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

export type PtyCommand =
  | { readonly verb: 'set'; readonly point: string; readonly state: string }
  | { readonly verb: 'off' | 'on'; readonly device: string }
  | { readonly verb: 'delay'; readonly device: string; readonly delayMs: number }
  | { readonly verb: 'cut' | 'mend' | 'outputs' }
  | { readonly verb: 'quit' };

export const commandHelp = 'set POINT STATE | off DEVICE | on DEVICE | cut | mend | delay DEVICE MS | outputs | quit';
const delayMaxMs = 60_000;

/** Null = not understood. */
export function parseCommand(line: string): PtyCommand | null {
  const [verb, first, second, ...rest] = line.trim().split(/\s+/);
  if (rest.length > 0) return null;
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

function onOff(on: boolean): string {
  return on ? 'on' : 'off';
}
