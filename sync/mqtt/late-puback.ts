/**
 * Messages that the broker may forget only when whoever took them has kept them: the PUBACK follows the promise, and the next message
 * does not wait for it.
 */
import type { MqttIncoming } from './mqtt-link.js';

/** The part of a client of mqtt.js that this stands on. */
interface AckingClient {
  handleMessage(packet: IncomingPacket, done: (error?: Error) => void): void;
  readonly stream: { write(bytes: Uint8Array): unknown };
}

interface IncomingPacket {
  readonly topic: string;
  readonly payload: string | Uint8Array;
  readonly qos: 0 | 1 | 2;
  readonly retain: boolean;
  readonly messageId?: number | undefined;
}

/** Told to the client in place of "done": it goes on to the next packet without a PUBACK (measured with mqtt 5.16). */
const notYet = new Error('acknowledged when it is kept');

/** @param take rejects: then the message is not acknowledged, and `onRefused` is called. */
export function ackWhenKept(
  client: AckingClient,
  take: (message: MqttIncoming) => Promise<void>,
  onRefused: (cause: unknown) => void,
): void {
  client.handleMessage = ({ topic, payload, qos, retain, messageId }, done) => {
    const taken = take({
      topic,
      payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
      isRetained: retain,
    });
    if (qos !== 1 || messageId === undefined) {
      taken.catch(onRefused);
      done();
      return;
    }
    taken.then(() => client.stream.write(pubackOf(messageId)), onRefused);
    done(notYet);
  };
}

/** The same bytes in both versions of the protocol. */
function pubackOf(messageId: number): Uint8Array {
  return Uint8Array.of(0x40, 2, messageId >> 8, messageId & 0xff);
}
