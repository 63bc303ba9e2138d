import { MbapReader } from '../modbus/mbap.js';
/** Requests of one client that may be under way at once; later ones are not taken. */
const openMax = 64;
/** Units that sit on the network themselves. Each answers in its own time, so answers may overtake one another. */
export class MbapServer {
    clock;
    units = [];
    counters = { requests: 0, replies: 0, hungUp: 0 };
    constructor(clock) {
        this.clock = clock;
    }
    attach(unit) {
        this.units.push(unit);
    }
    accept(peer) {
        const reader = new MbapReader();
        let isOpen = true;
        let open = 0;
        const answer = (unit, said) => {
            open++;
            this.clock.after(unit.nextTurnaroundMs() + said.afterMs, () => {
                open--;
                if (!isOpen || !unit.on)
                    return;
                this.counters.replies++;
                peer.send(said.bytes);
            });
        };
        const take = (request) => {
            this.counters.requests++;
            for (const unit of this.units) {
                if (open >= openMax)
                    return;
                for (const said of unit.hearMbap(request))
                    answer(unit, said);
            }
        };
        return {
            receive: (bytes) => {
                if (!isOpen)
                    return;
                const requests = reader.push(bytes);
                if (requests !== null)
                    return requests.forEach(take);
                isOpen = false;
                this.counters.hungUp++;
                peer.hangUp();
            },
            end: () => {
                isOpen = false;
            },
        };
    }
}
