/** How long ago, in the two largest units: what stands for days needs no seconds. */
export interface Ago {
  readonly unit: 'seconds' | 'minutes' | 'hours' | 'days';
  readonly large: number;
  readonly small: number;
}

const minuteS = 60;
const hourS = 3600;
const dayS = 86_400;

/** A wall clock that was set back makes an age negative: it is none. */
export function agoParts(ms: number): Ago {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < minuteS) return { unit: 'seconds', large: seconds, small: 0 };
  if (seconds < hourS) return parts('minutes', seconds, minuteS, 1);
  if (seconds < dayS) return parts('hours', seconds, hourS, minuteS);
  return parts('days', seconds, dayS, hourS);
}

function parts(unit: Ago['unit'], seconds: number, largeS: number, smallS: number): Ago {
  return { unit, large: Math.floor(seconds / largeS), small: Math.floor((seconds % largeS) / smallS) };
}
