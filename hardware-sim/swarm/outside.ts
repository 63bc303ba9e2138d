/** What stands around a gateway and outlives it: its disk, the broker and the district behind it. */
import { strict as assert } from 'node:assert';
import type { SiteConfig } from '../../config/site.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { Store } from '../../sync/journal/store.js';
import type { MqttLink } from '../../sync/mqtt/mqtt-link.js';
import type { Heard } from '../centre/heard.js';
import { wallOf } from '../centre/moment.js';
import { isObject, textIn } from '../centre/read-json.js';
import type { SentCommand } from '../centre/sent-command.js';
import { SimCentre } from '../centre/sim-centre.js';
import type { Chance } from '../chance.js';
import type { BrokerView, DiskView, FactDraft, LifeEnd } from '../checkers/checker.js';
import { nearTraits } from '../mqtt/link-faults.js';
import { SimBroker } from '../mqtt/sim-broker.js';
import type { SimClock } from '../sim-clock.js';
import { SimDisk } from '../sim-disk.js';
import { CountedLink } from './counted-link.js';
import type { DistrictKeys } from './district-keys.js';

/** Of the key in the site file. */
const keyId = 'centre';
/** Messages that the centre remembers word by word: nobody in a swarm looks further back, and memory is judged. */
const heardMax = 1_000;

export interface Outside {
  readonly disk: SimDisk;
  readonly broker: SimBroker;
  readonly centre: SimCentre;
  readonly diskView: DiskView;
  readonly brokerView: BrokerView;
  /** The gateway's way to the broker. */
  readonly link: MqttLink;
  connectDisk(): Store;
  /** The gateway is gone, and what it had under way. */
  endLife(how: LifeEnd): void;
}

export interface OutsideOptions {
  readonly config: SiteConfig;
  readonly keys: DistrictKeys;
  readonly clock: SimClock;
  readonly chance: Chance;
  /** That the keys were drawn from. */
  readonly keyChance: Chance;
  readonly tell: (fact: FactDraft) => void;
}

export function makeOutside({ config, keys, clock, chance, keyChance, tell }: OutsideOptions): Outside {
  const disk = new SimDisk({ inner: new InlineStore(':memory:'), clock, chance: chance.stream('disk').next });
  const broker = new SimBroker({ clock, random: chance.stream('broker').next });
  const link = new CountedLink(broker);
  const uplink = config.uplinks.find(({ kind }) => kind === 'mqtt');
  const centre = new SimCentre({
    ...{ clock, keyId, heardMax, district: config.site.district, site: config.site.id, random: keyChance.next },
    ...{ link: broker.link(nearTraits), receipts: receiptsOf(uplink?.receipts) },
  });
  assert.equal(centre.publicKey, keys.publicKey, 'the centre draws the key that the site file names');
  centre.desk.onSent((command) => tell(sentFact(command)));
  centre.onHeard((heard) => {
    const fact = factOf(heard);
    if (fact !== null) tell(fact);
  });
  centre.start();
  return {
    ...{ disk, broker, centre, link, brokerView: link },
    diskView: {
      readAll: (after) => disk.snapshot(after),
      get counts() {
        return disk.counters;
      },
    },
    connectDisk: () => disk.connect(),
    endLife(how) {
      link.endLife();
      if (how === 'stopped') return;
      broker.front.die(how === 'power-cut' ? 'power' : 'killed');
      if (how === 'power-cut') disk.powerCut();
      else disk.processKilled();
    },
  };
}

function receiptsOf(mode: SiteConfig['uplinks'][number]['receipts'] | undefined): 'none' | 'unsigned' | 'signed' {
  return mode ?? 'none';
}

function sentFact({ id, what, hostile, issuedWall, expiresWall }: SentCommand): FactDraft {
  const times = { issuedWall: issuedWall ?? 0, expiresWall: expiresWall ?? 0 };
  return { kind: 'centre.sent', order: { id: id ?? '', order: what?.order ?? 'none', ...times, hostile } };
}

function factOf(heard: Heard): FactDraft | null {
  switch (heard.what) {
    case 'report':
    case 'telemetry': {
      const { topic, lane, epoch, id, sequence, previous, isDuplicate, subject, passedOver } = heard;
      const { fingerprint, detailFingerprint } = heard;
      return {
        kind: 'centre.heard',
        heard: {
          ...{ topic, lane, epoch, id, sequence, previous, isDuplicate, subject, passedOver },
          entryKind: heard.what === 'report' ? heard.kind : null,
          fingerprint: detailFingerprint === null ? null : `${fingerprint} ${detailFingerprint}`,
        },
      };
    }
    case 'result': {
      const { command, state, reason, parsed } = heard;
      const at = isObject(parsed) ? textIn(parsed['at'], 'at') : '';
      return { kind: 'centre.result', id: command, state, reason, atWall: wallOf(at, 'at') };
    }
    default:
      return null;
  }
}
