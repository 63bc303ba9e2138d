/** What stands around a gateway and outlives it: its disk, the broker and the district behind it. */
import type { SiteConfig } from '../../config/site.js';
import { InlineStore } from '../../sync/journal/inline-store.js';
import type { Store } from '../../sync/journal/store.js';
import type { MqttLink } from '../../sync/mqtt/mqtt-link.js';
import { UplinkError } from '../../sync/uplink.js';
import type { Chance } from '../chance.js';
import type { BrokerView, DiskView, FactDraft, LifeEnd } from '../checkers/checker.js';
import type { SimClock } from '../sim-clock.js';
import type { DistrictKeys } from './district-keys.js';

export interface Outside {
  connectDisk(): Store;
  endDisk(how: LifeEnd): void;
  readonly disk: DiskView;
  readonly link: MqttLink;
  readonly broker: BrokerView;
}

/** Stand-in until the simulated disk, broker and centre are there: one store that stays, and a broker that takes everything. */
export function makeOutside(_: {
  readonly config: SiteConfig;
  readonly keys: DistrictKeys;
  readonly clock: SimClock;
  readonly chance: Chance;
  readonly tell: (fact: FactDraft) => void;
}): Outside {
  let store = new InlineStore(':memory:');
  const link: MqttLink = {
    connect: (_options, events) => {
      queueMicrotask(() => {
        events.onOpen({ receiveMaximum: 65_535, packetMaxBytes: null });
        events.onSubscribed?.(null);
      });
      const bytes = { sent: 0, received: 0 };
      let isOpen = true;
      return {
        bytes,
        publish: async () => {
          if (!isOpen) throw new UplinkError('UPLINK-003', 'stand-in');
        },
        end: async () => {
          isOpen = false;
        },
        drop: () => {
          isOpen = false;
        },
      };
    },
  };
  return {
    connectDisk: () => store,
    endDisk: () => {
      store = new InlineStore(':memory:');
    },
    disk: {
      readAll: (after = 0) => store.readAfter('fire', after, 1000),
      counts: { operations: 0, appended: 0, durable: 0 },
    },
    link,
    broker: { unconfirmed: 0, unconfirmedBytes: 0, tries: 0 },
  };
}
