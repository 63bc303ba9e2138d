/** The way of the gateway to the broker, and how much is on it: counted where the world stands, not where the gateway does. */
import type { MqttLink } from '../../sync/mqtt/mqtt-link.js';
import type { BrokerView } from '../checkers/checker.js';

export class CountedLink implements MqttLink, BrokerView {
  unconfirmed = 0;
  unconfirmedBytes = 0;
  tries = 0;
  /** What earlier ones have sent is nobody's any more. */
  #life = 0;

  constructor(private readonly link: MqttLink) {}

  connect(...[options, events]: Parameters<MqttLink['connect']>): ReturnType<MqttLink['connect']> {
    this.tries += 1;
    const connection = this.link.connect(options, events);
    const life = this.#life;
    return {
      get bytes() {
        return connection.bytes;
      },
      publish: (message) => {
        const bytes = message.payload.length;
        this.#count(life, 1, bytes);
        const done = (): void => this.#count(life, -1, -bytes);
        const published = connection.publish(message);
        published.then(done, done);
        return published;
      },
      end: () => connection.end(),
      drop: () => connection.drop(),
    };
  }

  /** The process behind it is gone. */
  endLife(): void {
    this.#life += 1;
    this.unconfirmed = 0;
    this.unconfirmedBytes = 0;
  }

  #count(life: number, more: number, bytes: number): void {
    if (life !== this.#life) return;
    this.unconfirmed += more;
    this.unconfirmedBytes += bytes;
  }
}
