/**
 * Four ways to a centre: beside the MQTT broker a centre of GB/T 26875.3, a platform that takes JSON over HTTP, and a modem on a
 * pseudo-terminal. All on this machine. Each tells when it has confirmed something that may be a fire.
 */
import { join } from 'node:path';
import type { Clock } from '../../drivers/clock.js';
import type { SimBroker } from '../broker.js';
import { GbCentre } from '../centre26875/gb-centre.js';
import { SimAtModem } from '../modem/sim-at-modem.js';
import { startTcpServer } from '../net/tcp-server.js';
import { openPty, type PtyFailure } from '../socat-pty.js';
import type { UplinkPlaces, UplinkWay } from './all-uplinks-site.js';
import { openHttpPlatform } from './http-platform.js';
import { fireInEvents, fireInMessage, fireInUnit, type TellsFire } from './told-fire.js';

export interface UplinkDoors {
  readonly places: UplinkPlaces;
  /** Ways whose centre is ours: it can say itself what it has confirmed. */
  readonly watched: ReadonlySet<UplinkWay>;
  stop(): Promise<void>;
}

export interface UplinkDoorsOptions {
  readonly clock: Clock;
  /** Where the modem's pseudo-terminal is linked. */
  readonly folder: string;
  readonly brokerUrl: string;
  /** Null: it is somebody else's, and nobody here sees what it took. */
  readonly broker: SimBroker | null;
  /** A centre has just confirmed something. */
  onConfirmed(way: UplinkWay, tells: TellsFire): void;
}

const fireTopic = /\/report\/fire$/;

/** Rejects with the error of the system when it can not listen. */
export async function openUplinkDoors(options: UplinkDoorsOptions): Promise<UplinkDoors | PtyFailure> {
  const { clock, folder, brokerUrl, broker } = options;
  const told = (way: UplinkWay, tells: TellsFire | null): void => {
    if (tells !== null) options.onConfirmed(way, tells);
  };
  const modem = new SimAtModem({ clock });
  const modemPath = join(folder, 'modem');
  const pty = await openPty(modemPath, clock, {
    onBytes: (bytes) => modem.hear(bytes),
    onGone: () => process.stderr.write(`the pseudo-terminal ${modemPath} is gone\n`),
  });
  if (typeof pty === 'string') return pty;
  modem.start((bytes) => pty.write(bytes));
  modem.onEvent((event) => {
    if (event.kind !== 'sent') return;
    // A message is there with its last part.
    const whole = modem.sent.find(
      ({ atMono, parts, partsHere }) => atMono === event.part.atMono && parts === partsHere,
    );
    if (whole !== undefined) told('sms', fireInMessage(whole.text));
  });
  const centre = new GbCentre({ clock, preset: 'heartbeat' });
  centre.onHeard(({ kind, answered, adu }) => {
    if (kind === 'upload' && answered === 'confirm' && adu !== null) told('gb26875', fireInUnit(adu));
  });
  const forgetBroker = broker?.onPublish((topic, payload) => {
    if (fireTopic.test(topic)) told('mqtt', fireInEvents(payload.toString('utf8')));
  });
  const gb = await startTcpServer({ server: centre, port: 0 });
  const platform = await openHttpPlatform((body) => told('http', fireInEvents(body)));
  return {
    places: { brokerUrl, gbPort: gb.port, httpUrl: platform.url, modemPath },
    watched: new Set<UplinkWay>([...(broker === null ? [] : (['mqtt'] as const)), 'gb26875', 'http', 'sms']),
    stop: async () => {
      forgetBroker?.();
      await Promise.all([gb.stop(), platform.stop(), pty.stop()]);
    },
  };
}
