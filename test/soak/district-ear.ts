/** The centre's side of the kill soak: a real Mosquitto, and a subscriber of its own right that writes down all it hears. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../process/rig.js';
import { messageFault } from '../sync/topic-schemas.js';
import { PlainSubscriber } from './plain-subscriber.js';

export interface Heard {
  readonly id: string;
  readonly durable: boolean;
  /** Null: told from memory. */
  readonly sequence: number | null;
  /** Of the row that was told before it; null: told from memory. */
  readonly previous: number | null;
  readonly epoch: string;
  readonly kind: string;
  readonly subject: string;
}

/**
 * Nothing that Mosquitto has confirmed to the gateway may be lost by killing Mosquitto, or the soak would count the broker's losses as
 * ours: it hands each report to the subscriber's socket before it confirms (no limit of unconfirmed ones), and nobody can publish while
 * the subscriber is away (the link is closed then).
 */
export class DistrictEar {
  readonly heard: Heard[] = [];
  #broker: ChildProcess | null = null;
  #subscriber: PlainSubscriber | null = null;

  private constructor(
    private readonly folder: string,
    readonly port: number,
    private readonly onMessage: (topic: string, payload: Uint8Array) => void,
  ) {}

  /** @param onMessage is told every message of every topic, after it was found to be as its schema says. */
  static async open(
    folder: string,
    onMessage: (topic: string, payload: Uint8Array) => void = () => undefined,
  ): Promise<DistrictEar> {
    const ear = new DistrictEar(folder, await freePort(), onMessage);
    writeFileSync(
      join(folder, 'mosquitto.conf'),
      [
        `listener ${ear.port} 127.0.0.1`,
        'allow_anonymous true',
        'persistence true',
        `persistence_location ${folder}/`,
        'max_inflight_messages 0',
        'max_queued_messages 0',
        'set_tcp_nodelay true',
        ...(process.getuid?.() === 0 ? ['user root'] : []),
        '',
      ].join('\n'),
    );
    await ear.startBroker();
    return ear;
  }

  /** Resolves when the subscriber has subscribed again. */
  async startBroker(): Promise<void> {
    const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;
    const broker = spawn('mosquitto', ['-c', join(this.folder, 'mosquitto.conf'), '-v'], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: path },
    });
    this.#broker = broker;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      broker.stderr.on('data', (chunk: Buffer) => {
        if (said.includes(' running')) return;
        said += chunk.toString();
        if (said.includes(' running')) resolve();
      });
      broker.once('exit', (code) => reject(new Error(`mosquitto ended with ${code}: ${said}`)));
    });
    await this.#listen();
  }

  /** Resolves when it is gone and all that it had sent has been heard. */
  async endBroker(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const broker = this.#broker;
    if (broker === null) return;
    const gone = broker.exitCode === null && broker.signalCode === null ? once(broker, 'exit') : null;
    broker.kill(signal);
    await Promise.all([gone, this.#subscriber?.ended]);
    this.#broker = null;
  }

  /** While it stands still nobody is answered, and nobody is told. */
  pauseBroker(isPaused: boolean): void {
    this.#broker?.kill(isPaused ? 'SIGSTOP' : 'SIGCONT');
  }

  async #listen(): Promise<void> {
    this.#subscriber = await PlainSubscriber.open(this.port, 'district-ear', 'gengfu/#', (topic, payload) =>
      this.#hear(topic, payload),
    );
  }

  #hear(topic: string, payload: Uint8Array): void {
    const fault = messageFault(topic, payload);
    if (fault !== null) throw new Error(fault);
    this.onMessage(topic, payload);
    if (!topic.includes('/report/')) return;
    const event = JSON.parse(Buffer.from(payload).toString()) as {
      id: string;
      source: string;
      subject: string;
      sequence?: string;
      previous?: string;
      data: { durable: boolean; kind: string };
    };
    this.heard.push({
      ...{ id: event.id, durable: event.data.durable, kind: event.data.kind, subject: event.subject },
      sequence: event.sequence === undefined ? null : Number(event.sequence),
      previous: event.previous === undefined ? null : Number(event.previous),
      epoch: event.source.split('/').at(-1) ?? '',
    });
  }
}
