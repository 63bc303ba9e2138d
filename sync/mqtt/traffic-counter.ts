/** What one uplink has cost, over all its connections since the start. */
import type { MqttConnection } from './mqtt-link.js';

/** Bytes of the socket; the 40 to 60 bytes of IP and TCP headers of each packet come on top. */
export interface UplinkTraffic {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Tries that got as far as a socket. */
  readonly connects: number;
}

export class TrafficCounter {
  #sentBytes = 0;
  #receivedBytes = 0;
  #connects = 0;
  #connection: Pick<MqttConnection, 'bytes'> | null = null;

  get total(): UplinkTraffic {
    const now = this.#connection?.bytes ?? { sent: 0, received: 0 };
    return {
      sentBytes: this.#sentBytes + now.sent,
      receivedBytes: this.#receivedBytes + now.received,
      connects: this.#connects,
    };
  }

  begin(connection: Pick<MqttConnection, 'bytes'>): void {
    this.end();
    this.#connects += 1;
    this.#connection = connection;
  }

  /** What was still on its way out at that moment is not counted. */
  end(): void {
    const { sentBytes, receivedBytes } = this.total;
    this.#connection = null;
    this.#sentBytes = sentBytes;
    this.#receivedBytes = receivedBytes;
  }
}
