/** The district's side of a command: published on `…/command`, answered on `…/result`. One connection for one command. */
import { brandId } from '../../config/ids.js';
import type { Clock } from '../../drivers/clock.js';
import { type CommandResult, resultSchema } from '../messages/command.js';
import type { UplinkError } from '../uplink.js';
import { topicRoot } from './cloud-event.js';
import type { MqttConnection, MqttConnectOptions, MqttIncoming, MqttLink } from './mqtt-link.js';

const where = 'command';
const keepaliveS = 30;
const connectTimeoutMs = 10_000;
/** An answer is one message of at most 64 kB; nothing longer is read. */
const resultMaxBytes = 128 * 1024;

export interface SendOptions
  extends Pick<MqttConnectOptions, 'url' | 'version' | 'clientId' | 'username' | 'password' | 'ca' | 'cert' | 'key'> {
  readonly link: MqttLink;
  readonly clock: Clock;
  readonly district: string;
  readonly site: string;
  readonly envelope: Uint8Array;
  /** Id of the command in the envelope. */
  readonly command: string;
  /** From the start to the end of it all. */
  readonly waitMs: number;
  readonly onProgress: (progress: SendProgress) => void;
}

export type SendProgress =
  | { readonly is: 'connected' | 'carried' }
  /** `isOurs` false: it names no command, so it may be about ours: what is not signed well is refused without a name. */
  | { readonly is: 'answered'; readonly result: CommandResult; readonly isOurs: boolean };

/** How it ended; null: nothing was heard of its end in time. Rejects with UplinkError when the broker can not be reached or says no. */
export function sendCommand(options: SendOptions): Promise<CommandResult | null> {
  const { link, clock, url, version, clientId, username, password, ca, cert, key, onProgress } = options;
  const root = topicRoot({ district: brandId(options.district), site: brandId(options.site) });
  return new Promise((resolve, reject) => {
    let connection: MqttConnection | null = null;
    const cancel = clock.after(options.waitMs, () => end(() => resolve(null)));
    const end = (settle: () => void): void => {
      cancel();
      void connection?.end().catch(() => undefined);
      settle();
    };
    const publish = async (): Promise<void> => {
      const payload = options.envelope;
      await connection?.publish({ topic: `${root}/command`, payload, retain: false, contentType: 'application/json' });
      onProgress({ is: 'carried' });
    };
    connection = link.connect(
      {
        ...{ where, url, version, clientId, username, password, ca, cert, key, keepaliveS, connectTimeoutMs },
        ...{ will: null, subscriptions: [`${root}/result`] },
      },
      {
        onOpen: () => onProgress({ is: 'connected' }),
        // Not before the answers are heard.
        onSubscribed: (refused) => {
          if (refused !== null) end(() => reject(refused));
          else publish().catch((error: UplinkError) => end(() => reject(error)));
        },
        onMessage: (message) => {
          const result = readResult(message);
          if (result === null || (result.command !== null && result.command !== options.command)) return;
          const isOurs = result.command !== null;
          onProgress({ is: 'answered', result, isOurs });
          if (isOurs && result.state !== 'accepted') end(() => resolve(result));
        },
        onClosed: (error) => end(() => reject(error)),
      },
    );
  });
}

/** What is retained was said to somebody else. */
function readResult({ payload, isRetained }: MqttIncoming): CommandResult | null {
  if (isRetained || payload.length > resultMaxBytes) return null;
  try {
    const parsed = resultSchema.safeParse(JSON.parse(Buffer.from(payload).toString()));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
