/**
 * Plays WAV files through ALSA with its own program, aplay: one child process at a time, ended when something newer comes or
 * when it takes too long. The volume is the amplifier's or the mixer's matter: aplay has none, and samples are not touched
 * here. Only 0 % is kept: nothing is played then.
 */
import { quoteOutside } from '../../config/problem.js';
import { DriverError } from '../driver-error.js';
import { PlaySlot } from './play-slot.js';
import { pauseUnless, unlessAborted } from './signal-wait.js';
import { readWavHeader, wavHeadBytes } from './wav-header.js';
/** A disk that gives no file for so long is not waited for. */
const fileMaxMs = 1000;
/** Opening the sound card and playing what is buffered, beside the length of the file. */
const overdueMs = 3000;
/** A child that does not end when asked is killed after so long; the next one does not wait for it longer than twice that. */
const termMaxMs = 500;
const checkMaxMs = 2000;
export class AplaySpeaker {
    options;
    plays = 'file';
    #where;
    #program;
    #slot;
    /** Resolves when the last child has let go of the sound card. */
    #isFree = Promise.resolve();
    #isClosed = false;
    constructor(options) {
        this.options = options;
        this.#program = options.program ?? 'aplay';
        this.#where = options.device === null ? this.#program : `${this.#program} ${options.device}`;
        this.#slot = new PlaySlot(this.#where);
    }
    start() { }
    async play(what, volume) {
        if (!(volume >= 0 && volume <= 100))
            throw new RangeError(`no volume: ${volume} %`);
        if (what.kind !== 'file')
            throw new DriverError('VOICE-008', this.#where, what.kind);
        if (this.#isClosed)
            throw new DriverError('VOICE-007', this.#where, 'closed');
        const { path } = what;
        return this.#slot.run(async (signal) => {
            const { lengthMs } = await this.#headerOf(path, signal);
            if (volume === 0)
                return pauseUnless(this.options.clock, lengthMs, signal);
            await unlessAborted(signal, (resolve) => {
                void this.#isFree.then(resolve);
                return () => undefined;
            });
            const { device } = this.options;
            const args = ['-q', ...(device === null ? [] : ['-D', device]), '--', path];
            await this.#run(args, lengthMs + overdueMs, `${this.#where} ${path}`, signal);
        });
    }
    stop() {
        return this.#slot.runUnlessCut(() => this.#isFree);
    }
    /** Asks the program for its version; whether a sound card answers only playing can tell. */
    async check() {
        if (this.#slot.isTaken)
            return;
        await this.#slot.runUnlessCut((signal) => this.#run(['--version'], checkMaxMs, this.#where, signal));
    }
    async close() {
        this.#isClosed = true;
        this.#slot.cut();
        await this.#isFree;
    }
    async #headerOf(path, signal) {
        const { clock, system } = this.options;
        const found = await unlessAborted(signal, (resolve) => {
            system.headOf(path, wavHeadBytes).then(resolve, (error) => resolve(String(error)));
            return clock.after(fileMaxMs, () => resolve(`not read in ${fileMaxMs} ms`));
        });
        if (typeof found === 'string')
            throw new DriverError('VOICE-002', path, quoteOutside(found));
        const header = readWavHeader(found.head, found.fileBytes);
        if (typeof header === 'string')
            throw new DriverError('VOICE-010', path, header);
        return header;
    }
    async #run(args, maxMs, where, signal) {
        signal.throwIfAborted();
        const child = this.options.system.run(this.#program, args);
        const ended = new Promise((resolve) => child.onEnd(resolve));
        const endNow = () => this.#endChild(child, ended);
        // At once, so that whoever cut it off finds the sound card on its way to be free.
        signal.addEventListener('abort', endNow, { once: true });
        const end = await unlessAborted(signal, (resolve) => {
            void ended.then(resolve);
            return this.options.clock.after(maxMs, () => resolve(null));
        });
        signal.removeEventListener('abort', endNow);
        if (end === null) {
            endNow();
            throw new DriverError('VOICE-009', where, `more than ${Math.round(maxMs / 1000)} s`);
        }
        if (end.notStarted !== null)
            throw new DriverError('VOICE-006', where, quoteOutside(end.notStarted));
        const said = end.said === '' ? '' : `: ${end.said}`;
        if (end.exitCode !== 0)
            throw new DriverError('VOICE-007', where, quoteOutside(`exit ${end.exitCode}${said}`));
    }
    /** Asks it to end, and makes it. Whoever comes next waits until it is gone, but not for ever. */
    #endChild(child, ended) {
        const { clock } = this.options;
        this.#isFree = new Promise((resolve) => {
            child.kill('SIGTERM');
            const cancelKill = clock.after(termMaxMs, () => child.kill('SIGKILL'));
            const cancelWait = clock.after(2 * termMaxMs, resolve);
            void ended.then(() => {
                cancelKill();
                cancelWait();
                resolve();
            });
        });
    }
}
