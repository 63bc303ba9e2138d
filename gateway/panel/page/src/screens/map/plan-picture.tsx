/** The plan with a key on every thing; whoever moves through them by keyboard hears name and state. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { SiteInfo } from '../../../../api/site.js';
import type { PanelState } from '../../../../api/state.js';
import { pathOf } from '../../api/client.js';
import { useWords } from '../../words/use-words.js';
import { PinShape, StandingWord, standingLook } from './pin-key.js';
import { isChosen, type Pin, type Placeable, type Plan, pinStanding, placeablesOf } from './pins.js';

export interface PlanPictureProps {
  readonly plan: Plan;
  readonly site: SiteInfo;
  readonly state: PanelState;
  readonly chosen: Pick<Pin, 'of' | 'kind'> | null;
  readonly onChoose: (thing: Pick<Pin, 'of' | 'kind'>) => void;
}

export function PlanPicture({ plan, site, state, chosen, onChoose }: PlanPictureProps): JSX.Element {
  const { t, say } = useWords();
  const named = new Map(placeablesOf(site).map((each) => [`${each.kind} ${each.of}`, each] as const));
  const known = plan.pins.flatMap((pin): { readonly pin: Pin; readonly thing: Placeable }[] => {
    const thing = named.get(`${pin.kind} ${pin.of}`);
    return thing === undefined ? [] : [{ pin, thing }];
  });
  const picture = useRef<HTMLDivElement>(null);
  // Whoever comes by a link from an alarm sees the pin, however large the plan is.
  useEffect(
    () => picture.current?.querySelector('[aria-pressed="true"]')?.scrollIntoView({ block: 'nearest' }),
    [chosen],
  );
  return (
    <div class="plan" ref={picture} style={{ aspectRatio: String(plan.aspect) }}>
      {plan.image !== null && (
        <img src={pathOf('image', { name: plan.image })} alt={t('map.picture', { name: say(plan.name) })} />
      )}
      {known.map(({ pin, thing }) => {
        const standing = pinStanding(pin, site, state);
        return (
          <button
            key={`${pin.kind} ${pin.of}`}
            class={`pin pin-${pin.kind} ${standingLook(standing)}`}
            type="button"
            data-calm={standing === 'normal'}
            aria-pressed={isChosen(chosen, pin)}
            style={{ left: `${pin.x * 100}%`, top: `${pin.y * 100}%` }}
            onClick={() => onChoose(pin)}
          >
            <PinShape kind={pin.kind} standing={standing} />
            <span class="for-readers">
              {say(thing.place)} {say(thing.name)} {pin.kind !== 'household' && <StandingWord standing={standing} />}
            </span>
          </button>
        );
      })}
    </div>
  );
}
