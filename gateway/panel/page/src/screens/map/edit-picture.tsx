/** The plan while it is changed: a touch sets the chosen thing there, a pin can be dragged, or moved by arrow keys. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { pathOf } from '../../api/client.js';
import { Shape } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import { isSame, type Pin, type Placeable, type Plan, placed, removed, stepOf } from './pins.js';

type Thing = Pick<Pin, 'of' | 'kind'>;

export interface EditPictureProps {
  readonly plan: Plan;
  readonly things: readonly Placeable[];
  readonly chosen: Thing | null;
  readonly onChoose: (thing: Thing | null) => void;
  readonly onPlan: (plan: Plan) => void;
}

export function EditPicture({ plan, things, chosen, onChoose, onPlan }: EditPictureProps): JSX.Element {
  const { t, say } = useWords();
  const picture = useRef<HTMLDivElement>(null);
  const dragged = useRef<Thing | null>(null);

  function set(thing: Thing, event: PointerEvent): void {
    const box = picture.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0 || box.height === 0) return;
    onPlan(placed(plan, thing, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  }

  function press(pin: Pin, event: KeyboardEvent): void {
    if (event.key === 'Delete') {
      event.preventDefault();
      onChoose(null);
      onPlan(removed(plan, pin));
      return;
    }
    const step = stepOf(event.key, event.shiftKey);
    if (step === null) return;
    event.preventDefault();
    onChoose(pin);
    onPlan(placed(plan, pin, pin.x + step[0], pin.y + step[1]));
  }

  return (
    <div
      class="plan plan-edit"
      ref={picture}
      style={{ aspectRatio: String(plan.aspect) }}
      onPointerDown={(event) => {
        if (dragged.current === null && chosen !== null) set(chosen, event);
      }}
    >
      {plan.image !== null && (
        <img
          src={pathOf('image', { name: plan.image })}
          alt={t('map.picture', { name: say(plan.name) })}
          draggable={false}
        />
      )}
      {[...plan.pins].sort(byId).map((pin) => {
        const thing = things.find((each) => isSame(each, pin));
        return (
          <button
            key={`${pin.kind} ${pin.of}`}
            class="pin of-technical"
            type="button"
            aria-pressed={chosen !== null && isSame(chosen, pin)}
            style={{ left: `${pin.x * 100}%`, top: `${pin.y * 100}%` }}
            onClick={() => onChoose(pin)}
            onKeyDown={(event) => press(pin, event)}
            onPointerDown={(event) => {
              event.stopPropagation();
              event.currentTarget.setPointerCapture(event.pointerId);
              dragged.current = pin;
              onChoose(pin);
            }}
            onPointerMove={(event) => {
              if (dragged.current !== null) set(dragged.current, event);
            }}
            onPointerUp={() => {
              dragged.current = null;
            }}
            onPointerCancel={() => {
              dragged.current = null;
            }}
          >
            <Shape name={pin.kind === 'household' ? 'care' : 'place'} />
            <span class="pin-name">{thing === undefined ? pin.of : say(thing.place) || say(thing.name)}</span>
          </button>
        );
      })}
    </div>
  );
}

/** So that whoever moves one by keyboard keeps it under the fingers. */
function byId(one: Pin, other: Pin): number {
  return one.of < other.of ? -1 : 1;
}
