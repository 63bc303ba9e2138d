/** The connection of an uplink and the secrets it stands on: files are read again for every new try, and once a minute. */
import type { HttpUplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import { type CertificateDates, certificateDates } from '../mqtt/certificate-dates.js';
import { type ReadSecretFile, SecretReader, type UplinkSecrets } from '../mqtt/secrets.js';
import { noTraffic, type Traffic } from '../traffic.js';
import { UplinkError } from '../uplink.js';
import type { HttpAnswer, HttpLink, HttpRequest, HttpSession } from './http-link.js';
import { authorization } from './request-of.js';

/** Files older than this in memory are read again beside the work. */
const secretsMaxAgeMs = 60_000;

export interface SessionKeeperOptions {
  readonly where: string;
  readonly config: HttpUplinkConfig;
  readonly link: HttpLink;
  readonly clock: Clock;
  readonly readSecretFile?: ReadSecretFile;
}

export class SessionKeeper {
  readonly #reader: SecretReader;
  #secrets: UplinkSecrets | null = null;
  #readMono = Number.NEGATIVE_INFINITY;
  #isReading = false;
  #session: HttpSession | null = null;
  #past = noTraffic;
  #exchanges = 0;
  #certificate: CertificateDates | null = null;

  constructor(private readonly options: SessionKeeperOptions) {
    const { config, clock, readSecretFile } = options;
    this.#reader = new SecretReader(config, clock, readSecretFile);
  }

  get certificate(): CertificateDates | null {
    return this.#certificate;
  }

  get traffic(): Traffic {
    const now = this.#session?.bytes ?? { sent: 0, received: 0, connects: 0 };
    return {
      sentBytes: this.#past.sentBytes + now.sent,
      receivedBytes: this.#past.receivedBytes + now.received,
      connects: this.#past.connects + now.connects,
      packets: 2 * this.#exchanges,
    };
  }

  /** As of the session. */
  get hasSent(): boolean {
    return this.#session?.hasSent ?? false;
  }

  /** Reads the files. Rejects with UPLINK-007. */
  async renew(): Promise<void> {
    const { clock, where } = this.options;
    try {
      this.#take(await this.#reader.read());
      this.#readMono = clock.mono();
    } catch (error) {
      throw error instanceof UplinkError ? error : new UplinkError('UPLINK-007', where, null, error);
    }
  }

  /** Files that can not be read now are no reason to end what works. */
  refreshIfOld(): void {
    const { clock } = this.options;
    if (this.#isReading || clock.mono() - this.#readMono < secretsMaxAgeMs) return;
    this.#isReading = true;
    this.#readMono = clock.mono();
    const done = (): void => {
      this.#isReading = false;
    };
    void this.#reader.read().then(
      (secrets) => {
        done();
        // A request that is under way goes on with what it has begun with.
        this.#next = secrets;
      },
      () => done(),
    );
  }

  /** Read, and not used yet. */
  #next: UplinkSecrets | null = null;

  /** Rejects with UplinkError. */
  request(request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    if (this.#next !== null) this.#take(this.#next);
    const { link, where, config } = this.options;
    const secrets = this.#secrets;
    if (secrets === null) return Promise.reject(new UplinkError('UPLINK-003', where));
    const { ca, cert, key } = secrets;
    this.#session ??= link.open({ where, url: config.url, ca, cert, key });
    this.#exchanges += 1;
    return this.#session.request(
      { ...request, headers: { ...request.headers, ...authorization(config.username, secrets) } },
      signal,
    );
  }

  close(): void {
    const { sentBytes, receivedBytes, connects } = this.traffic;
    this.#session?.close();
    this.#session = null;
    this.#past = { sentBytes, receivedBytes, connects };
  }

  #take(secrets: UplinkSecrets): void {
    this.#next = null;
    if (this.#secrets !== null && !isSameTls(this.#secrets, secrets)) this.close();
    this.#secrets = secrets;
    this.#certificate = secrets.cert === null ? null : certificateDates(secrets.cert);
  }
}

function isSameTls(one: UplinkSecrets, other: UplinkSecrets): boolean {
  return (['ca', 'cert', 'key'] as const).every((name) => {
    const [a, b] = [one[name], other[name]];
    return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
  });
}
