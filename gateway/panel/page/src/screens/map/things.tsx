/**
 * All things at their places, drawn anew only when one of them stands otherwise: there may be hundreds, and values change several times
 * a second. So what they are handed is the state of that moment: good for standings, and for nothing that changes without them.
 */
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';
import { type Pin, type Plan, pinStanding, placeablesOf } from './pins.js';
import { PlanPicture } from './plan-picture.js';
import { ZoneTiles } from './zone-tiles.js';

export interface ThingsProps {
  /** Undefined: there is none. */
  readonly plan: Plan | undefined;
  readonly site: SiteInfo;
  readonly state: PanelState;
  readonly chosen: Pick<Pin, 'of' | 'kind'> | null;
  readonly onChoose: (thing: Pick<Pin, 'of' | 'kind'>) => void;
}

export function Things({ plan, site, state, chosen, onChoose }: ThingsProps): JSX.Element {
  const all = useMemo(() => placeablesOf(site), [site]);
  const standings = all.map((thing) => pinStanding(thing, site, state)).join(' ');
  const [drawn, draw] = useState({ standings, state });
  // After the frame: the strip with a new alarm is painted before hundreds of keys are.
  useEffect(() => {
    if (drawn.standings !== standings) draw({ standings, state });
  }, [standings]);
  const now = drawn.state;
  return useMemo(() => {
    const shown = { site, state: now, chosen, onChoose };
    return plan === undefined ? <ZoneTiles {...shown} /> : <PlanPicture plan={plan} {...shown} />;
  }, [plan, site, now, chosen, onChoose]);
}
