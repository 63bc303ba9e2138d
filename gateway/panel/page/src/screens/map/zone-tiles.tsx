/** No plan was uploaded: a tile per zone in the colour of its worst, with what is in it. */
import type { JSX } from 'preact';
import type { SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';
import { useWords } from '../../words/use-words.js';
import { PinShape, StandingMark, StandingWord, standingLook } from './pin-key.js';
import { isChosen, type Pin, pinStanding, placeablesOf, worstOf } from './pins.js';

export interface ZoneTilesProps {
  readonly site: SiteInfo;
  readonly state: PanelState;
  readonly chosen: Pick<Pin, 'of' | 'kind'> | null;
  readonly onChoose: (thing: Pick<Pin, 'of' | 'kind'>) => void;
}

export function ZoneTiles({ site, state, chosen, onChoose }: ZoneTilesProps): JSX.Element {
  const { t, say } = useWords();
  const things = placeablesOf(site).map((thing) => ({ thing, standing: pinStanding(thing, site, state) }));
  const zones = [...site.zones.map(({ id, name }) => ({ id, name: say(name) })), { id: null, name: t('parts.noZone') }];
  return (
    <ul class="zones">
      {zones.map(({ id, name }) => {
        const own = things.filter(({ thing }) => thing.zone === id);
        if (own.length === 0) return null;
        const watched = own.filter(({ thing }) => thing.kind !== 'household').map(({ standing }) => standing);
        const worst = worstOf(watched);
        return (
          <li key={id ?? ''} class={`zone card ${standingLook(watched.length > 0 ? worst : 'unknown')}`}>
            <h2>
              <span>{name}</span>
              {watched.length > 0 && <StandingMark standing={worst} />}
            </h2>
            <ul class="zone-things">
              {own.map(({ thing, standing }) => (
                <li key={`${thing.kind} ${thing.of}`}>
                  <button
                    class={`thing ${standingLook(standing)}`}
                    type="button"
                    data-calm={standing === 'normal'}
                    aria-pressed={isChosen(chosen, thing)}
                    onClick={() => onChoose(thing)}
                  >
                    <PinShape kind={thing.kind} standing={standing} />
                    <span>
                      {say(thing.place) || say(thing.name)}
                      {thing.place !== null && <small> {say(thing.name)}</small>}
                      <span class="for-readers">
                        {' '}
                        {thing.kind !== 'household' && <StandingWord standing={standing} />}
                      </span>
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
