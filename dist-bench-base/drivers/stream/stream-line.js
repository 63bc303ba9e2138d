import { DriverError } from '../driver-error.js';
import { LinkKeeper } from '../link-keeper.js';
import { SilenceWatch } from './silence-watch.js';
import { StreamDevice } from './stream-device.js';
import { UnknownCodes } from './unknown-codes.js';
/** A link that lets no byte through while all its devices are silent is opened anew so often: ports are known to go deaf. */
const deafMs = 60_000;
export class StreamLine {
    options;
    #keeper;
    #ears;
    #members;
    #unknown;
    #polls = new Set();
    #phase = 'new';
    #bytesMono = 0;
    #deaf = null;
    constructor(options) {
        this.options = options;
        const { config, clock, random, open } = options;
        this.#unknown = new UnknownCodes(config.id, clock, options.onUnknown);
        this.#ears = this.#makeEars();
        this.#members = this.#ears.flatMap(({ members }) => members);
        this.#keeper = new LinkKeeper({
            where: this.#where,
            open,
            clock,
            random,
            onUp: () => this.#goUp(),
            onBytes: (bytes, atMono) => this.#receive(bytes, atMono),
            onDown: (error) => this.#goDown(error),
        });
    }
    /** Opens the line, and again whenever it went down, until `stop`. */
    start() {
        this.#keeper.start();
    }
    /** Resolves when the link is closed. Nothing is told afterwards. */
    async stop() {
        this.#phase = 'stopped';
        this.#endTimers();
        await this.#keeper.stop();
    }
    /** What a disk that answered late says of the states before the start (see StreamDevice). */
    recall(standing) {
        for (const { device } of this.#members)
            device.recall(standing);
    }
    /** What came over the line since the start; of several framers the one that understood most. */
    get counts() {
        const all = this.#ears.map(({ framer }) => framer.counts).sort((a, b) => b.frames - a.frames);
        return all[0] ?? { frames: 0, strayBytes: 0, badSums: 0 };
    }
    get #where() {
        const { config } = this.options;
        return config.transport === 'serial' ? config.path : `${config.host}:${config.port}`;
    }
    #makeEars() {
        const { devices, codecs } = this.options;
        const groups = new Map();
        for (const device of devices) {
            const key = JSON.stringify([device.codec, Object.entries(device.codecOptions).sort()]);
            groups.set(key, [...(groups.get(key) ?? []), device]);
        }
        return [...groups.values()].map((group) => {
            const [first] = group;
            const codec = first === undefined ? undefined : codecs.get(first.codec);
            if (first === undefined || codec === undefined)
                throw new Error(`no codec ${first?.codec}: checkStreams comes first`);
            return { framer: codec.create(first.codecOptions), members: group.map((config) => this.#makeMember(config)) };
        });
    }
    #makeMember(config) {
        const { clock, points, nextFrame, standing = new Map() } = this.options;
        const onUnknown = (event) => this.#unknown.add(config.id, event);
        const device = new StreamDevice({ config, points, nextFrame, standing, onUnknown });
        const member = {
            device,
            watch: new SilenceWatch(config.silenceMs, clock, () => this.#fallSilent(member)),
            isHeard: false,
        };
        return member;
    }
    #goUp() {
        this.#endPolls();
        for (const { framer } of this.#ears) {
            framer.reset();
            if (framer.poll !== null)
                this.#ask(framer.poll.bytes, framer.poll.everyMs);
        }
        // The same line with a new link: nobody needs to know.
        if (this.#phase === 'up')
            return;
        this.#phase = 'up';
        const nowMono = this.options.clock.mono();
        this.#bytesMono = nowMono;
        this.options.onUp();
        for (const { watch } of this.#members)
            watch.begin();
        // Who was silent before is still silent, and no longer because of the line.
        const silent = this.#members.filter(({ watch }) => watch.isSilent);
        this.#tell(silent.flatMap(({ device }) => device.unseen('silent', nowMono)));
        this.#watchDeafness();
    }
    #goDown(error) {
        this.#endTimers();
        if (this.#phase !== 'down') {
            this.#phase = 'down';
            const nowMono = this.options.clock.mono();
            for (const member of this.#members)
                member.isHeard = false;
            this.#tell(this.#members.flatMap(({ device }) => device.unseen('line-down', nowMono)));
        }
        this.options.onDown(error);
    }
    #receive(bytes, atMono) {
        this.#bytesMono = Math.max(this.#bytesMono, atMono);
        const readings = [];
        for (const ear of this.#ears) {
            for (const event of ear.framer.push(bytes, atMono))
                readings.push(...this.#hear(ear, event, atMono));
        }
        this.#tell(readings);
    }
    #tell(readings) {
        if (readings.length > 0)
            this.options.onReadings(readings);
    }
    #hear(ear, event, atMono) {
        const speakers = ear.members.filter(({ device }) => isSpoken(event, device.config));
        const isStranger = speakers.length === 0 && !this.#members.some(({ device }) => isSpoken(event, device.config));
        if (isStranger && ear === this.#ears[0])
            this.#unknown.add(null, event);
        if (!event.isSound) {
            for (const { device } of speakers)
                this.#unknown.add(device.config.id, event);
            return [];
        }
        for (const member of speakers)
            this.#greet(member, atMono);
        return (event.isForAll ? ear.members : speakers)
            .filter(({ isHeard }) => isHeard)
            .flatMap(({ device }) => device.hear(event, atMono));
    }
    /** A sign of life, told before what it says. */
    #greet(member, atMono) {
        member.watch.heard(atMono);
        if (member.isHeard)
            return;
        member.isHeard = true;
        this.options.onDevice(member.device.config.id, 'heard');
    }
    #fallSilent(member) {
        member.isHeard = false;
        this.#tell(member.device.unseen('silent', this.options.clock.mono()));
        this.options.onDevice(member.device.config.id, 'silent');
    }
    #ask(bytes, everyMs) {
        let writing = null;
        const ask = () => {
            const { link } = this.#keeper;
            if (link === null)
                return;
            // A tty that takes no bytes would let old requests go later, all at once.
            if (writing === link) {
                this.#keeper.fail(new DriverError('LINK-006', this.#where, 'no byte was taken'));
                return;
            }
            writing = link;
            link.write(bytes).then(() => {
                writing = null;
            }, (error) => {
                if (this.#keeper.link !== link)
                    return;
                const failure = new DriverError('LINK-006', this.#where, String(error).slice(0, 60), error);
                this.#keeper.fail(error instanceof DriverError ? error : failure);
            });
            this.#after(everyMs, ask);
        };
        ask();
    }
    #after(delayMs, run) {
        const cancel = this.options.clock.after(delayMs, () => {
            this.#polls.delete(cancel);
            run();
        });
        this.#polls.add(cancel);
    }
    #watchDeafness() {
        const longestMs = Math.max(deafMs, ...this.#members.map(({ device }) => device.config.silenceMs));
        this.#deaf = this.options.clock.after(longestMs, () => {
            const isDeaf = this.options.clock.mono() - this.#bytesMono >= longestMs;
            if (isDeaf && this.#members.every(({ watch }) => watch.isSilent))
                this.#keeper.refresh();
            this.#watchDeafness();
        });
    }
    #endPolls() {
        for (const cancel of this.#polls)
            cancel();
        this.#polls.clear();
    }
    #endTimers() {
        this.#endPolls();
        this.#deaf?.();
        for (const { watch } of this.#members)
            watch.end();
    }
}
/** Several hosts share a line by their addresses; a dialect without addresses has one device on its line. */
function isSpoken({ address }, config) {
    return address === null || config.address === null || address === config.address;
}
