import type { JSX } from 'preact';
import { Shape, type ShapeName } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import type { Standing } from '../water/gauges.js';
import type { Pin } from './pins.js';

const standingShape: Readonly<Record<Standing, ShapeName>> = {
  fire: 'fire',
  warning: 'warning',
  supervisory: 'supervisory',
  fault: 'fault',
  technical: 'technical',
  normal: 'normal',
  unknown: 'lost',
};

/** By its state; a door of somebody who needs help has a shape of its own. */
export function PinShape({ kind, standing }: { readonly kind: Pin['kind']; readonly standing: Standing }): JSX.Element {
  return <Shape name={kind === 'household' ? 'care' : standingShape[standing]} />;
}

/** Class of the colour of it. */
export function standingLook(standing: Standing): string {
  return `of-${standing === 'unknown' ? 'lost' : standing}`;
}

export function StandingWord({ standing }: { readonly standing: Standing }): JSX.Element {
  const { t } = useWords();
  return <>{standing === 'unknown' ? t('parts.bad') : t(`state.${standing}`)}</>;
}

/** Shape and word of it. */
export function StandingMark({ standing }: { readonly standing: Standing }): JSX.Element {
  return (
    <span class={`standing ${standingLook(standing)}`}>
      <Shape name={standingShape[standing]} />
      <StandingWord standing={standing} />
    </span>
  );
}
