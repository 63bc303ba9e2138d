/** An uplink of short messages with its modem, its book and its PIN, as a site file has it. */
import { join } from 'node:path';
import type { SerialLineConfig, SiteConfig, SmsUplinkConfig } from '../../config/site.js';
import type { Clock } from '../../drivers/clock.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { AtModem } from '../../drivers/modem/modem.js';
import type { EntryDraft } from '../../sync/journal/entry.js';
import type { AgeNow } from '../../sync/pump/age.js';
import { SmsUplink } from '../../sync/sms/sms-uplink.js';
import type { Uplink } from '../../sync/uplink.js';
import type { UplinkSight } from '../site-uplinks.js';
import { readSmall, textFile } from './small-file.js';

export interface SmsParts {
  readonly site: SiteConfig;
  /** Opens the AT port. */
  readonly open: OpenByteLink;
  readonly clock: Clock;
  readonly random: () => number;
  readonly now: () => AgeNow;
  readonly record: (drafts: readonly EntryDraft[]) => void;
  readonly sight: UplinkSight;
}

/** How the AT port is opened. */
export function smsPort({ port: path, baud }: SmsUplinkConfig): Pick<SerialLineConfig, 'path' | 'format' | 'rs485'> {
  return { path, format: { baud, dataBits: 8, parity: 'none', stopBits: 1 }, rs485: null };
}

export function makeSmsUplink(config: SmsUplinkConfig, parts: SmsParts): Uplink {
  const { site, open, clock, random, now, record, sight } = parts;
  const { pinFile } = config;
  const fileOf = (what: string): string => join(site.dataDir, `sms-${config.id}.${what}`);
  const readPin = async (): Promise<string | null> => (pinFile === null ? null : readSmall(pinFile));
  const modem = new AtModem({
    ...{ where: config.port, open, clock, random },
    pin: { readPin, ...textFile(fileOf('pin-tried')) },
  });
  return new SmsUplink({
    ...{ config, site, modem, clock, random, now, record },
    memory: textFile(fileOf('json')),
    isConfirmedElsewhere: (entry) => sight.isConfirmedElsewhere(entry),
  });
}
