/**
 * One line whose devices speak a dialect of their own, and its only owner. It listens, asks where a dialect must be asked,
 * opens the link again whenever it went down, and notices which devices have fallen silent.
 */
import type { DeviceId, PointId } from '../../config/ids.js';
import type { Reading } from '../../config/reading.js';
import type { LineConfig, PointConfig, StreamConfig } from '../../config/site.js';
import type { Cancel, Clock } from '../clock.js';
import type { ByteLink, OpenByteLink } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { LinkKeeper } from '../link-keeper.js';
import type { StreamCodec, StreamCounts, StreamEvent, StreamFramer } from './framer.js';
import { SilenceWatch } from './silence-watch.js';
import { StreamDevice } from './stream-device.js';
import { type UnknownCode, UnknownCodes } from './unknown-codes.js';

/** A link that lets no byte through while all its devices are silent is opened anew so often: ports are known to go deaf. */
const deafMs = 60_000;

export interface StreamLineOptions {
  readonly config: LineConfig;
  /** Devices of this line. Their codecs exist and take their options (`checkStreams`). */
  readonly devices: readonly StreamConfig[];
  /** All points of the site. */
  readonly points: readonly PointConfig[];
  readonly codecs: ReadonlyMap<string, StreamCodec>;
  readonly open: OpenByteLink;
  readonly clock: Clock;
  readonly random: () => number;
  /** A number no other frame of this process has. */
  readonly nextFrame: () => number;
  /** In which state points stood when the gateway stopped; none when left out. */
  readonly standing?: ReadonlyMap<PointId, string>;
  /** In the order in which things were heard; several of one point are possible. */
  readonly onReadings: (readings: readonly Reading[]) => void;
  /** `heard`: at the first sound frame after the start, a silence or a broken line. `silent`: once for each silence. */
  readonly onDevice: (device: DeviceId, what: 'heard' | 'silent') => void;
  readonly onUp: () => void;
  /** The link went down, or could not be opened; another try follows by itself. */
  readonly onDown: (error: DriverError) => void;
  readonly onUnknown: (unknown: UnknownCode) => void;
}

/** A device and whether it is there. */
interface Member {
  readonly device: StreamDevice;
  readonly watch: SilenceWatch;
  isHeard: boolean;
}

/** Devices that speak alike share one framer; two hosts with other options have each their own, over the same bytes. */
interface Ear {
  readonly framer: StreamFramer;
  readonly members: readonly Member[];
}

export class StreamLine {
  readonly #keeper: LinkKeeper;
  readonly #ears: readonly Ear[];
  readonly #members: readonly Member[];
  readonly #unknown: UnknownCodes;
  readonly #polls = new Set<Cancel>();
  #phase: 'new' | 'up' | 'down' | 'stopped' = 'new';
  #bytesMono = 0;
  #deaf: Cancel | null = null;

  constructor(private readonly options: StreamLineOptions) {
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
  start(): void {
    this.#keeper.start();
  }

  /** Resolves when the link is closed. Nothing is told afterwards. */
  async stop(): Promise<void> {
    this.#phase = 'stopped';
    this.#endTimers();
    await this.#keeper.stop();
  }

  /** What a disk that answered late says of the states before the start (see StreamDevice). */
  recall(standing: ReadonlyMap<PointId, string>): void {
    for (const { device } of this.#members) device.recall(standing);
  }

  /** What came over the line since the start; of several framers the one that understood most. */
  get counts(): StreamCounts {
    const all = this.#ears.map(({ framer }) => framer.counts).sort((a, b) => b.frames - a.frames);
    return all[0] ?? { frames: 0, strayBytes: 0, badSums: 0 };
  }

  get #where(): string {
    const { config } = this.options;
    return config.transport === 'serial' ? config.path : `${config.host}:${config.port}`;
  }

  #makeEars(): readonly Ear[] {
    const { devices, codecs } = this.options;
    const groups = new Map<string, StreamConfig[]>();
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

  #makeMember(config: StreamConfig): Member {
    const { clock, points, nextFrame, standing = new Map() } = this.options;
    const onUnknown = (event: StreamEvent): void => this.#unknown.add(config.id, event);
    const device = new StreamDevice({ config, points, nextFrame, standing, onUnknown });
    const member: Member = {
      device,
      watch: new SilenceWatch(config.silenceMs, clock, () => this.#fallSilent(member)),
      isHeard: false,
    };
    return member;
  }

  #goUp(): void {
    this.#endPolls();
    for (const { framer } of this.#ears) {
      framer.reset();
      if (framer.poll !== null) this.#ask(framer.poll.bytes, framer.poll.everyMs);
    }
    // The same line with a new link: nobody needs to know.
    if (this.#phase === 'up') return;
    this.#phase = 'up';
    const nowMono = this.options.clock.mono();
    this.#bytesMono = nowMono;
    this.options.onUp();
    for (const { watch } of this.#members) watch.begin();
    // Who was silent before is still silent, and no longer because of the line.
    const silent = this.#members.filter(({ watch }) => watch.isSilent);
    this.#tell(silent.flatMap(({ device }) => device.unseen('silent', nowMono)));
    this.#watchDeafness();
  }

  #goDown(error: DriverError): void {
    this.#endTimers();
    if (this.#phase !== 'down') {
      this.#phase = 'down';
      const nowMono = this.options.clock.mono();
      for (const member of this.#members) member.isHeard = false;
      this.#tell(this.#members.flatMap(({ device }) => device.unseen('line-down', nowMono)));
    }
    this.options.onDown(error);
  }

  #receive(bytes: Uint8Array, atMono: number): void {
    this.#bytesMono = Math.max(this.#bytesMono, atMono);
    const readings: Reading[] = [];
    for (const ear of this.#ears) {
      for (const event of ear.framer.push(bytes, atMono)) readings.push(...this.#hear(ear, event, atMono));
    }
    this.#tell(readings);
  }

  #tell(readings: readonly Reading[]): void {
    if (readings.length > 0) this.options.onReadings(readings);
  }

  #hear(ear: Ear, event: StreamEvent, atMono: number): readonly Reading[] {
    const speakers = ear.members.filter(({ device }) => isSpoken(event, device.config));
    const isStranger = speakers.length === 0 && !this.#members.some(({ device }) => isSpoken(event, device.config));
    if (isStranger && ear === this.#ears[0]) this.#unknown.add(null, event);
    if (!event.isSound) {
      for (const { device } of speakers) this.#unknown.add(device.config.id, event);
      return [];
    }
    for (const member of speakers) this.#greet(member, atMono);
    return (event.isForAll ? ear.members : speakers)
      .filter(({ isHeard }) => isHeard)
      .flatMap(({ device }) => device.hear(event, atMono));
  }

  /** A sign of life, told before what it says. */
  #greet(member: Member, atMono: number): void {
    member.watch.heard(atMono);
    if (member.isHeard) return;
    member.isHeard = true;
    this.options.onDevice(member.device.config.id, 'heard');
  }

  #fallSilent(member: Member): void {
    member.isHeard = false;
    this.#tell(member.device.unseen('silent', this.options.clock.mono()));
    this.options.onDevice(member.device.config.id, 'silent');
  }

  #ask(bytes: Uint8Array, everyMs: number): void {
    let writing: ByteLink | null = null;
    const ask = (): void => {
      const { link } = this.#keeper;
      if (link === null) return;
      // A tty that takes no bytes would let old requests go later, all at once.
      if (writing === link) {
        this.#keeper.fail(new DriverError('LINK-006', this.#where, 'no byte was taken'));
        return;
      }
      writing = link;
      link.write(bytes).then(
        () => {
          writing = null;
        },
        (error: unknown) => {
          if (this.#keeper.link !== link) return;
          const failure = new DriverError('LINK-006', this.#where, String(error).slice(0, 60), error);
          this.#keeper.fail(error instanceof DriverError ? error : failure);
        },
      );
      this.#after(everyMs, ask);
    };
    ask();
  }

  #after(delayMs: number, run: () => void): void {
    const cancel = this.options.clock.after(delayMs, () => {
      this.#polls.delete(cancel);
      run();
    });
    this.#polls.add(cancel);
  }

  #watchDeafness(): void {
    const longestMs = Math.max(deafMs, ...this.#members.map(({ device }) => device.config.silenceMs));
    this.#deaf = this.options.clock.after(longestMs, () => {
      const isDeaf = this.options.clock.mono() - this.#bytesMono >= longestMs;
      if (isDeaf && this.#members.every(({ watch }) => watch.isSilent)) this.#keeper.refresh();
      this.#watchDeafness();
    });
  }

  #endPolls(): void {
    for (const cancel of this.#polls) cancel();
    this.#polls.clear();
  }

  #endTimers(): void {
    this.#endPolls();
    this.#deaf?.();
    for (const { watch } of this.#members) watch.end();
  }
}

/** Several hosts share a line by their addresses; a dialect without addresses has one device on its line. */
function isSpoken({ address }: StreamEvent, config: StreamConfig): boolean {
  return address === null || config.address === null || address === config.address;
}
