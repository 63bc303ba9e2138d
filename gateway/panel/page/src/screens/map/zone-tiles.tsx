/** No plan was uploaded: a tile per zone in the colour of its worst, with what is in it. */
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';
import { useWords } from '../../words/use-words.js';
import type { Standing } from '../water/gauges.js';
import { PinShape, StandingMark, StandingWord, standingLook } from './pin-key.js';
import { isChosen, type Pin, type Placeable, pinStanding, placeablesOf, worstOf } from './pins.js';

export interface ZoneTilesProps {
  readonly site: SiteInfo;
  readonly state: PanelState;
  readonly chosen: Pick<Pin, 'of' | 'kind'> | null;
  readonly onChoose: (thing: Pick<Pin, 'of' | 'kind'>) => void;
}

export function ZoneTiles({ site, state, chosen, onChoose }: ZoneTilesProps): JSX.Element {
  const { t, say } = useWords();
  const all = useMemo(() => placeablesOf(site), [site]);
  const things = all.map((thing) => ({ thing, standing: pinStanding(thing, site, state) }));
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
                <Tile
                  key={`${thing.kind} ${thing.of}`}
                  thing={thing}
                  standing={standing}
                  isChosen={isChosen(chosen, thing)}
                  onChoose={onChoose}
                />
              ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}

interface TileProps {
  readonly thing: Placeable;
  readonly standing: Standing;
  readonly isChosen: boolean;
  readonly onChoose: ZoneTilesProps['onChoose'];
}

/** Drawn anew when it stands otherwise, and not when another of five hundred does. */
function Tile({ thing, standing, isChosen: isPressed, onChoose }: TileProps): JSX.Element {
  const { say, language } = useWords();
  return useMemo(
    () => (
      <li>
        <button
          class={`thing ${standingLook(standing)}`}
          type="button"
          data-calm={standing === 'normal'}
          aria-pressed={isPressed}
          onClick={() => onChoose(thing)}
        >
          <PinShape kind={thing.kind} standing={standing} />
          <span>
            {say(thing.place) || say(thing.name)}
            {thing.place !== null && <small> {say(thing.name)}</small>}
            <span class="for-readers"> {thing.kind !== 'household' && <StandingWord standing={standing} />}</span>
          </span>
        </button>
      </li>
    ),
    [thing, standing, isPressed, onChoose, language],
  );
}
