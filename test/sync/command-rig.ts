/** Keys of a district, commands signed by them, and whoever reads them. Keys are fixed so that runs repeat. */
import type { CommandKeyConfig } from '../../config/site.js';
import { commandRights } from '../../config/uplinks/uplink-schema.js';
import { type CommandContext, type VerifiedCommand, verifyCommand } from '../../sync/command-envelope.js';
import type { Order } from '../../sync/messages/command.js';
import { toRfc3339 } from '../../sync/mqtt/rfc3339.js';
import { signEnvelope } from '../../sync/signed-envelope.js';
import { signingKeyOf } from '../../sync/signing-key.js';

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;

/** Noon of the day on which the simulated clock begins. */
export const noon = Date.UTC(2026, 10, 22, 12);
export const address = { district: 'yongding', site: 'ancient-town' } as const;

/** The secret bytes of a key of the tests. */
export function seedOf(byte: number): string {
  return Buffer.alloc(32, byte).toString('base64');
}

export const districtSeed = seedOf(7);
export const strangerSeed = seedOf(9);

export function commandKey(over: Partial<CommandKeyConfig> = {}): CommandKeyConfig {
  return {
    id: 'duty-room',
    publicKey: signingKeyOf(districtSeed).publicKey,
    rights: commandRights,
    zones: null,
    notAfter: '2027-12-31',
    ...over,
  };
}

export interface CommandMade {
  readonly id?: string;
  readonly what?: Order | Readonly<Record<string, unknown>>;
  /** When it is made; default noon. */
  readonly wall?: number;
  readonly lifeMs?: number;
  readonly keyId?: string;
  readonly seed?: string;
  readonly over?: Readonly<Record<string, unknown>>;
}

export const dutyCheck = { order: 'duty_check', withinS: 300 } as const;
export const aBroadcast = { order: 'broadcast', text: '今晚七点开会', repeat: 1 } as const;

let made = 0;

/** The payload of a good command. */
export function payloadOf(options: CommandMade = {}): string {
  const { id = `cmd-${String(++made).padStart(6, '0')}`, what = aBroadcast, wall = noon, lifeMs = hourMs } = options;
  const times = { issued: toRfc3339(wall), expires: toRfc3339(wall + lifeMs) };
  return JSON.stringify({ version: 1, id, ...address, ...times, what, ...options.over });
}

/** A good command, signed by the district's key. */
export function signed(options: CommandMade = {}): Uint8Array {
  const { keyId = 'duty-room', seed = districtSeed } = options;
  return Buffer.from(JSON.stringify(signEnvelope('command', keyId, payloadOf(options), seed)));
}

export function context(over: Partial<CommandContext> = {}): CommandContext {
  return {
    keys: new Map([['duty-room', commandKey()]]),
    ...address,
    time: { isSure: true, wall: noon + minuteMs },
    isUsed: () => false,
    remembersSinceWall: Number.NEGATIVE_INFINITY,
    forgottenUpToWall: Number.NEGATIVE_INFINITY,
    ...over,
  };
}

/** `ok`, or why not. */
export function verdict(bytes: Uint8Array, over: Partial<CommandContext> = {}): VerifiedCommand | string {
  const verified = verifyCommand(bytes, context(over));
  return verified.ok ? 'ok' : verified.reason;
}
