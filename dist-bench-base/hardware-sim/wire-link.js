import { DriverError } from '../drivers/driver-error.js';
/** A tty at the end of a wire, with a tty's manners: one owner at a time, gone while it is unplugged. */
export function openLinkOn(end) {
    let isTaken = false;
    return async (events) => {
        if (!end.isPlugged)
            throw new DriverError('LINK-001', end.path);
        if (isTaken)
            throw new DriverError('LINK-003', end.path);
        isTaken = true;
        let isOpen = true;
        const cancels = [];
        const letGo = () => {
            isOpen = false;
            isTaken = false;
            for (const cancel of cancels.splice(0))
                cancel();
        };
        cancels.push(end.onMasterBytes((bytes, atMono) => events.onBytes(bytes, atMono)), end.onPlug((isPlugged) => {
            if (isPlugged)
                return;
            letGo();
            events.onDown(new DriverError('LINK-005', end.path));
        }));
        const link = {
            get isOpen() {
                return isOpen;
            },
            async write(bytes) {
                if (!isOpen)
                    throw new DriverError('LINK-005', end.path, 'closed');
                end.masterWrite(bytes);
            },
            async close() {
                if (isOpen)
                    letGo();
            },
        };
        return link;
    };
}
