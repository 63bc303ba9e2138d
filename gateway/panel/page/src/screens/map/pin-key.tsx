import type { JSX } from 'preact';
import { Shape, type ShapeName } from '../../design/shape.js';
import { useWords } from '../../words/use-words.js';
import type { Standing } from '../water/gauges.js';

export const standingShape: Readonly<Record<Standing, ShapeName>> = {
  fire: 'fire',
  warning: 'warning',
  supervisory: 'supervisory',
  fault: 'fault',
  technical: 'technical',
  normal: 'normal',
  unknown: 'lost',
};

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
