import type { Speaker } from '../driver.js';
import { DriverError } from '../driver-error.js';

/** Where nothing plays: the amplifier passes on a microphone or another line. Always well; can play nothing. */
export class LineSpeaker implements Speaker {
  readonly plays = 'file';

  constructor(private readonly where: string) {}

  start(): void {}

  play(): Promise<void> {
    return Promise.reject(new DriverError('VOICE-008', this.where));
  }

  async stop(): Promise<void> {}

  async check(): Promise<void> {}

  async close(): Promise<void> {}
}
