/** An I2C bus with devices as their registers stand in memory, and what can go wrong with it. */
import { DriverError } from '../drivers/driver-error.js';
export class SimI2c {
    #registers = new Map();
    #mood = 'works';
    #waiting = [];
    #underWay = 0;
    asked = 0;
    /** Most questions that were ever under way at once. */
    mostAtOnce = 0;
    /** Bytes from this register on. */
    write(address, register, bytes) {
        const registers = this.#registers.get(address) ?? new Map();
        for (const [at, byte] of bytes.entries())
            registers.set(register * wide + at, byte);
        this.#registers.set(address, registers);
    }
    setMood(mood) {
        this.#mood = mood;
        for (const goOn of this.#waiting.splice(0))
            goOn();
    }
    async read(address, register, bytes) {
        this.asked++;
        this.mostAtOnce = Math.max(this.mostAtOnce, ++this.#underWay);
        try {
            while (this.#mood === 'hangs')
                await new Promise((resolve) => this.#waiting.push(resolve));
            const device = this.#registers.get(address);
            if (this.#mood === 'gone' || device === undefined)
                throw new DriverError('BOX-002', 'i2c', 'ENXIO');
            const answered = this.#mood === 'short' ? bytes - 1 : bytes;
            return Uint8Array.from({ length: answered }, (_, at) => device.get(register * wide + at) ?? 0xff);
        }
        finally {
            this.#underWay--;
        }
    }
}
/** Room behind each register number for the bytes that a block read from there gives. */
const wide = 0x100;
