/** A device on an I2C bus, through /dev/i2c-N (Documentation/i2c/dev-interface). Replaced in tests. */
import { open } from 'node:fs/promises';
import { DriverError } from '../driver-error.js';
import { loadLibc } from '../native/libc.js';
/** linux/i2c-dev.h: whom the next bytes are for. Refused (EBUSY) where a driver of the kernel owns the device. */
const setAddress = 0x0703;
/** Touches nothing until it is asked. */
export function systemI2cBus(bus) {
    const path = `/dev/i2c-${bus}`;
    return {
        async read(address, register, bytes) {
            let libc;
            try {
                libc = await loadLibc();
            }
            catch (error) {
                throw new DriverError('BOX-003', path, null, error);
            }
            const where = `${path} ${address.toString(16)}`;
            try {
                // Opened anew each time: a few times a minute, and a bus that was away is found again.
                const file = await open(path, 'r+');
                try {
                    const refused = libc.ioctlNumber(file.fd, setAddress, address);
                    if (refused !== null)
                        throw new DriverError('BOX-002', where, refused);
                    // Reads and writes wait on a thread of Node's pool, where a slow device holds up nobody.
                    await file.write(Uint8Array.of(register), 0, 1, null);
                    const answer = new Uint8Array(bytes);
                    const { bytesRead } = await file.read(answer, 0, bytes, null);
                    return answer.subarray(0, bytesRead);
                }
                finally {
                    await file.close();
                }
            }
            catch (error) {
                if (error instanceof DriverError)
                    throw error;
                throw new DriverError('BOX-002', where, error instanceof Error ? error.message.slice(0, 80) : null, error);
            }
        },
    };
}
