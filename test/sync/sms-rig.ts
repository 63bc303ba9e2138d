/** The uplink of short messages with a pump in front and a modem that obeys, on a virtual clock. */
import { brandId } from '../../config/ids.js';
import type { SmsUplinkConfig } from '../../config/site-telling.js';
import { smsUplink } from '../../config/uplinks/resolve-plain-uplinks.js';
import { type SmsUplinkYaml, smsUplinkSchema } from '../../config/uplinks/sms-uplink-schema.js';
import type { EntryKind } from '../../config/vocabulary.js';
import { localOffsetMin } from '../../drivers/clock.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { ModemEvents, SmsJob, SmsModem } from '../../drivers/modem/modem-contract.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import type { EntryDraft, StoredEntry } from '../../sync/journal/entry.js';
import { Pump } from '../../sync/pump.js';
import { SmsUplink } from '../../sync/sms/sms-uplink.js';
import type { SmsSite } from '../../sync/sms/sms-words.js';
import { ListJournal } from './pump-rig.js';
import { seeded } from './rig.js';

const noon = Date.UTC(2026, 10, 30, 12, 0, 0);
/** Noon by the wall of this machine. */
export const startWall = noon - localOffsetMin(noon) * 60_000;

export class ObedientModem implements SmsModem {
  readonly figures = { signalDbm: -73, sim: 'ready', network: 'home' } as const;
  readonly sent: { readonly to: string; readonly text: string }[] = [];
  /** What the next messages are refused with. */
  readonly refusals: string[] = [];
  events: ModemEvents | null = null;
  #isUp = true;
  #reference = 0;

  constructor(private readonly clock: SimClock) {}

  start(events: ModemEvents): void {
    this.events = events;
    if (this.#isUp) events.onReady();
  }

  setUp(isUp: boolean): void {
    this.#isUp = isUp;
    if (isUp) this.events?.onReady();
    else this.events?.onTrouble(new DriverError('MODEM-001', 'modem'));
  }

  async send(job: SmsJob): Promise<void> {
    await new Promise<void>((resolve) => this.clock.after(3_000, resolve));
    if (!this.#isUp) throw new DriverError('MODEM-001', 'modem');
    const refused = this.refusals.shift();
    if (refused !== undefined) throw new DriverError('MODEM-007', 'modem', refused);
    job.sent.push(this.#reference++);
    this.sent.push({ to: job.number, text: job.text });
  }

  hurry(): void {}

  async stop(): Promise<void> {
    this.#isUp = false;
  }
}

const site = {
  site: { name: { zh: '老城', en: 'old town' } },
  zones: [{ id: 'east', name: { zh: '东区', en: 'east' } }],
  points: [
    { id: 'kitchen/smoke', name: { zh: '感烟', en: 'smoke' }, place: { zh: '村委会厨房', en: 'kitchen' } },
    { id: 'meter/current', name: { zh: '剩余电流', en: 'residual' }, place: null },
  ],
} as unknown as SmsSite;

export const chief = '+8613800138000';
export const guard = '+8613900139000';

export function smsConfig(over: Partial<SmsUplinkYaml> = {}): SmsUplinkConfig {
  const yaml = smsUplinkSchema.parse({
    ...{ id: 'sms', kind: 'sms', port: '/dev/ttyModem' },
    recipients: [
      { id: 'chief', number: chief, classes: ['fire', 'warning', 'fault'], quiet: { from: '22:00', to: '07:00' } },
      { id: 'guard', number: guard, zones: ['east'] },
    ],
    ...over,
  });
  return smsUplink((name) => name ?? null, yaml);
}

export class SmsRig {
  readonly clock: SimClock;
  readonly journal = new ListJournal();
  readonly drafts: EntryDraft[] = [];
  /** Entries that another centre has confirmed. */
  readonly confirmed = new Set<string>();
  memory: string | null = null;
  modem: ObedientModem;
  uplink: SmsUplink;
  pump: Pump;

  constructor(
    readonly config = smsConfig(),
    atHour = 12,
    /** Default: the one that obeys. */
    private readonly makeModem: ((clock: SimClock) => SmsModem) | null = null,
  ) {
    this.clock = new SimClock(startWall + (atHour - 12) * 3_600_000, 'trusted', { settle: 'ticks' });
    [this.modem, this.uplink, this.pump] = this.#begin();
  }

  /** Killed, and started again with what the disk has. */
  restart(): void {
    this.journal.boot = brandId(`${this.journal.boot}-next`);
    // What the old one still says is not heard.
    this.modem.setUp(false);
    [this.modem, this.uplink, this.pump] = this.#begin();
  }

  /** Into the journal, durable at once. */
  tell(kind: EntryKind, over: Partial<StoredEntry> = {}): StoredEntry {
    const alarmClass = over.class === undefined ? 'fire' : over.class;
    const lane = alarmClass === 'fire' || kind === 'alarm.reset' ? 'fire' : 'journal';
    this.journal.add(lane, 1, {
      kind,
      class: alarmClass,
      subject: 'point:kitchen/smoke',
      detail: {},
      zone: brandId('east'),
      alarm: null,
    });
    const row = this.journal.rows.at(-1);
    if (row === undefined) throw new Error('it was added');
    const { clock } = this;
    const made = {
      ...{ ...row, boot: this.journal.boot, mono: clock.mono(), wall: clock.wall(), clock: clock.trust() },
      ...{ words: { zh: '故障：三号线路 无应答', en: 'FAULT: line 3' }, ...over },
    };
    const entry: StoredEntry = { ...made, alarm: over.alarm ?? (kind === 'alarm.raised' ? made.id : null) };
    this.journal.rows[this.journal.rows.length - 1] = entry;
    this.pump.wake([entry]);
    return entry;
  }

  get kinds(): readonly string[] {
    return this.drafts.map(({ kind, detail }) =>
      `${kind} ${String(detail['recipient'] ?? '-')} ${String(detail['why'] ?? detail['what'] ?? '')}`.trim(),
    );
  }

  get texts(): readonly string[] {
    return this.modem.sent.map(({ to, text }) => `${to === chief ? 'chief' : 'guard'}: ${text}`);
  }

  #begin(): [ObedientModem, SmsUplink, Pump] {
    const { clock, config, journal } = this;
    const modem = new ObedientModem(clock);
    const memory = {
      read: async () => this.memory,
      write: async (text: string) => {
        this.memory = text;
      },
    };
    const uplink = new SmsUplink({
      ...{ config, site, modem: this.makeModem?.(clock) ?? modem, clock, random: seeded(1), memory },
      now: () => ({ boot: journal.boot, mono: clock.mono(), wall: clock.wall(), trust: clock.trust() }),
      record: (drafts) => {
        if (uplink === this.uplink || this.uplink === undefined) this.drafts.push(...drafts);
      },
      isConfirmedElsewhere: ({ id }) => this.confirmed.has(id),
    });
    const pump = new Pump({
      ...{
        uplink,
        journal,
        clock,
        random: seeded(2),
        tell: config.tell,
        pacePerS: config.pacePerS,
        withTelemetry: false,
      },
      events: { onUp: () => undefined, onDown: () => undefined, onCarried: () => undefined },
    });
    pump.start();
    return [modem, uplink, pump];
  }
}
