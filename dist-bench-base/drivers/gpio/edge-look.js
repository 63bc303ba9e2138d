import { pause } from '../clock.js';
import { structBytes } from './gpio-uapi.js';
/**
 * One wait for the edges of all lines together: a thread of Node's pool sleeps in the kernel, which costs nothing while nothing
 * moves (asking every 5 ms instead: 1.5 % of a fast core, measured). A new line joins with the next wait, and a process that
 * ends waits for it.
 */
const waitMs = 250;
/** Between two waits: bounces come in one piece, and a line that fails at once does not take the processor. */
const restMs = 5;
/** Events that one line may keep until they are taken; when there are more the kernel drops the oldest. */
export const eventsMax = 64;
/** Hears that lines have moved, without ever holding up the event loop. */
export class EdgeLook {
    system;
    clock;
    #watched = new Map();
    #isRunning = false;
    constructor(system, clock) {
        this.system = system;
        this.clock = clock;
    }
    watch(fd, moved) {
        const listeners = this.#watched.get(fd) ?? new Set();
        this.#watched.set(fd, listeners.add(moved));
        if (!this.#isRunning)
            void this.#run();
        return () => {
            listeners.delete(moved);
            if (listeners.size === 0 && this.#watched.get(fd) === listeners)
                this.#watched.delete(fd);
        };
    }
    /** Nothing is told or read any more; a wait that runs ends by itself. */
    stop() {
        this.#watched.clear();
    }
    async #run() {
        this.#isRunning = true;
        while (this.#watched.size > 0) {
            await pause(this.clock, restMs);
            for (const fd of await this.system.waitReadable([...this.#watched.keys()], waitMs))
                this.#tell(fd);
        }
        this.#isRunning = false;
    }
    #tell(fd) {
        const listeners = this.#watched.get(fd);
        if (listeners === undefined)
            return;
        try {
            this.system.drain(fd, eventsMax * structBytes.lineEvent);
        }
        catch {
            // A line that can not be read is found by the read of its level, which says PIN-003.
        }
        for (const moved of listeners)
            moved();
    }
}
