/** The city's centre of GB/T 26875.3 and the way to it: a second district, of another language, that a seed may have. */
import type { SiteConfig } from '../../config/site.js';
import { localOffsetMin } from '../../drivers/clock.js';
import type { OpenByteLink } from '../../drivers/driver.js';
import { GbCentre } from '../centre26875/gb-centre.js';
import type { HeardFrame } from '../centre26875/heard-frames.js';
import type { Chance } from '../chance.js';
import type { CityView, FactDraft } from '../checkers/checker.js';
import { cityUplink } from '../checkers/city-index.js';
import { SimNetwork } from '../net/sim-network.js';
import type { SimClock } from '../sim-clock.js';

/** Of the sign-in that some presets want. */
export const cityPassword = 'village';
/** Frames and objects that the centre remembers: nobody in a swarm looks further back, and memory is judged. */
const heardMax = 1_000;

export interface City {
  readonly centre: GbCentre;
  readonly network: SimNetwork;
  /** The gateway's way to it; each try is counted. */
  readonly open: OpenByteLink;
  readonly view: CityView;
}

export interface CityOptions {
  readonly config: SiteConfig;
  readonly clock: SimClock;
  readonly chance: Chance;
  readonly tell: (fact: FactDraft) => void;
}

/** Null: this site tells no city. */
export function makeCity({ config, clock, chance, tell }: CityOptions): City | null {
  const uplink = cityUplink(config);
  if (uplink === null) return null;
  const { dialect, username, host, port } = uplink;
  const centre = new GbCentre({
    ...{ clock, dialect, heardMax, chance: chance.next, zoneMin: localOffsetMin(clock.wall()) },
    knobs: { accounts: username === null ? null : new Map([[username, cityPassword]]) },
  });
  const network = new SimNetwork({ clock, server: centre, where: `${host}:${port}` });
  centre.onHeard((heard) => {
    const fact = factOf(heard);
    if (fact !== null) tell(fact);
  });
  const view = { tries: 0 };
  return {
    ...{ centre, network, view },
    open: (events) => {
      view.tries += 1;
      return network.open(events);
    },
  };
}

function factOf({ kind, adu, isResend, answered }: HeardFrame): FactDraft | null {
  if (kind !== 'upload' || adu === null) return null;
  return {
    kind: 'city.heard',
    heard: { type: adu.type, objects: adu.objects, isResend, isTaken: answered === 'confirm' },
  };
}
