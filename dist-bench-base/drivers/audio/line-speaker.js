import { DriverError } from '../driver-error.js';
/** Where nothing plays: the amplifier passes on a microphone or another line. Always well; can play nothing. */
export class LineSpeaker {
    where;
    plays = 'file';
    constructor(where) {
        this.where = where;
    }
    start() { }
    play() {
        return Promise.reject(new DriverError('VOICE-008', this.where));
    }
    async stop() { }
    async check() { }
    async close() { }
}
