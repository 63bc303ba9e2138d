/** The district's side of a command: published on `…/command`, answered on `…/result`. One connection for one command. */
import { brandId } from '../../config/ids.js';
import { resultSchema } from '../messages/command.js';
import { topicRoot } from './cloud-event.js';
const where = 'command';
const keepaliveS = 30;
const connectTimeoutMs = 10_000;
/** An answer is one message of at most 64 kB; nothing longer is read. */
const resultMaxBytes = 128 * 1024;
/** How it ended; null: nothing was heard of its end in time. Rejects with UplinkError when the broker can not be reached or says no. */
export function sendCommand(options) {
    const { link, clock, url, version, clientId, username, password, ca, cert, key, onProgress } = options;
    const root = topicRoot({ district: brandId(options.district), site: brandId(options.site) });
    return new Promise((resolve, reject) => {
        let connection = null;
        const cancel = clock.after(options.waitMs, () => end(() => resolve(null)));
        const end = (settle) => {
            cancel();
            void connection?.end().catch(() => undefined);
            settle();
        };
        const publish = async () => {
            const payload = options.envelope;
            await connection?.publish({ topic: `${root}/command`, payload, retain: false, contentType: 'application/json' });
            onProgress({ is: 'carried' });
        };
        connection = link.connect({
            ...{ where, url, version, clientId, username, password, ca, cert, key, keepaliveS, connectTimeoutMs },
            ...{ will: null, subscriptions: [`${root}/result`] },
        }, {
            onOpen: () => onProgress({ is: 'connected' }),
            // Not before the answers are heard.
            onSubscribed: (refused) => {
                if (refused !== null)
                    end(() => reject(refused));
                else
                    publish().catch((error) => end(() => reject(error)));
            },
            onMessage: (message) => {
                const result = readResult(message);
                if (result === null || (result.command !== null && result.command !== options.command))
                    return;
                const isOurs = result.command !== null;
                onProgress({ is: 'answered', result, isOurs });
                if (isOurs && result.state !== 'accepted')
                    end(() => resolve(result));
            },
            onClosed: (error) => end(() => reject(error)),
        });
    });
}
/** What is retained was said to somebody else. */
function readResult({ payload, isRetained }) {
    if (isRetained || payload.length > resultMaxBytes)
        return null;
    try {
        const parsed = resultSchema.safeParse(JSON.parse(Buffer.from(payload).toString()));
        return parsed.success ? parsed.data : null;
    }
    catch {
        return null;
    }
}
