import { brandId } from '../../config/ids.js';
import { DriverError } from '../driver-error.js';
const tryAgainMs = 10_000;
/** All dry contacts on the box's own pins, scanned together. Edges only hasten the next scan: they can be lost. */
export class PinDevice {
    board;
    clock;
    nextFrame;
    onEdge;
    id = brandId('gpio');
    /** One part with all of them; none when the site has no contact on a pin. */
    parts;
    checkSetup = null;
    #pins;
    #watches = [];
    constructor(board, clock, points, nextFrame, onEdge) {
        this.board = board;
        this.clock = clock;
        this.nextFrame = nextFrame;
        this.onEdge = onEdge;
        this.#pins = points.flatMap((point) => point.source.kind === 'pin' ? [{ point, source: point.source, pin: null, tryAgainMono: 0 }] : []);
        const pointIds = this.#pins.map(({ point }) => point.id);
        this.parts = pointIds.length === 0 ? [] : [{ rate: 'fast', pointIds, scan: () => this.#scan() }];
    }
    unseen(reason) {
        const sampledMono = this.clock.mono();
        return this.#pins.map(({ point }) => ({
            ...{ pointId: point.id, sampledMono, frame: 0, confirmed: false },
            ...{ quality: 'bad', value: null, reason },
        }));
    }
    /** Fails only when no pin at all could be read: one bad pin must not slow down the others. */
    async #scan() {
        const frame = this.nextFrame();
        const seen = this.#pins.map((entry) => this.#look(entry, frame));
        const error = seen.every((each) => each.quality === 'bad') ? new DriverError('PIN-003', 'gpio') : null;
        return { error, readings: seen };
    }
    #look(entry, frame) {
        const { point, source } = entry;
        const nowMono = this.clock.mono();
        const stamp = { pointId: point.id, sampledMono: nowMono, frame };
        const bad = { ...stamp, confirmed: false, quality: 'bad', value: null, reason: 'pin-error' };
        if (nowMono < entry.tryAgainMono)
            return bad;
        try {
            entry.pin ??= this.#open(source.pin);
            const value = entry.pin.read() ? source.high : source.low;
            return { ...stamp, confirmed: true, quality: 'good', value, reason: null };
        }
        catch (error) {
            if (!(error instanceof DriverError))
                throw error;
            entry.tryAgainMono = nowMono + tryAgainMs;
            return bad;
        }
    }
    close() {
        for (const cancel of this.#watches)
            cancel();
    }
    #open(number) {
        const pin = this.board.openInput(number);
        this.#watches.push(pin.onEdge(this.onEdge));
        return pin;
    }
}
