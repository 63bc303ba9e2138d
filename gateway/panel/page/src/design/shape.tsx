/** The shapes: a state is told by colour, word and shape, so that nobody needs to tell red from green. All are our own drawings. */
import type { JSX } from 'preact';

/** Outline, and what stands on it; in a square of 48. */
const signs = {
  fire: [
    'M15 2h18l13 13v18L33 46H15L2 33V15z',
    'M25 8c1 6 9 9 9 18a10 10 0 0 1-20 0c0-5 3-7 4-11 2 1 3 3 3 5 3-3 5-7 4-12zm-1 16c-1 3-4 4-4 7a4 4 0 0 0 8 0c0-3-2-4-4-7z',
  ],
  warning: ['M24 3 47 44H1z', 'M21.5 17h5l-1 14h-3zM24 34a3 3 0 1 1 0 6 3 3 0 0 1 0-6z'],
  supervisory: ['M24 1 47 24 24 47 1 24z', 'M24 10c4 6 8 11 8 16a8 8 0 0 1-16 0c0-5 4-10 8-16z'],
  fault: [
    'M8 4h32a4 4 0 0 1 4 4v32a4 4 0 0 1-4 4H8a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z',
    'M9 21h11v6H9zm19 0h11v6H28zM26 9l4 2-8 28-4-2z',
  ],
  technical: ['M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44z', 'M24 10a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zm-3 10h6v18h-6z'],
  drill: ['M12 3h24l12 21-12 21H12L0 24z', 'M10 20h7l15-9v26l-15-9h-7zm25 0h4v8h-4z'],
  test: ['M24 1 47 18l-9 28H10L1 18z', 'M11 25h6l4-10 6 20 4-10h6v4h-4l-6 11-6-19-2 8h-8z'],
  normal: ['M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44z', 'm11 25 5-5 6 6 12-13 5 5-17 18z'],
  starting: [
    'M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44z',
    'M14 11h20v3c0 5-4 7-6 10 2 3 6 5 6 10v3H14v-3c0-5 4-7 6-10-2-3-6-5-6-10z',
  ],
  connecting: ['M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44z', 'M10 21h6v6h-6zm11 0h6v6h-6zm11 0h6v6h-6z'],
  lost: ['M24 2a22 22 0 1 1 0 44 22 22 0 0 1 0-44z', 'm12 16 4-4 8 8 8-8 4 4-8 8 8 8-4 4-8-8-8 8-4-4 8-8z'],
} as const;

/** Lines, in a square of 24. */
const lines = {
  home: 'M3 11 12 4l9 7M6 10v10h12V10M10 20v-6h4v6',
  map: 'm3 6 6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14',
  water: 'M12 3c4 5 6 8 6 11a6 6 0 0 1-12 0c0-3 2-6 6-11z',
  power: 'M13 2 5 14h6l-1 8 8-12h-6z',
  history: 'M4 5h16M4 12h16M4 19h10',
  voice: 'M4 10v4h4l6 5V5L8 10zM17 9a4 4 0 0 1 0 6M19 6a8 8 0 0 1 0 12',
  duty: 'M8 4h8v3H8zM8 5H5v16h14V5h-3M8 12h8M8 16h5',
  health: 'M3 12h4l3-8 4 16 3-8h4',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21c0-5 3-7 8-7s8 2 8 7',
  menu: 'M4 6h16M4 12h16M4 18h16',
  close: 'M5 5l14 14M19 5 5 19',
  down: 'm6 9 6 6 6-6',
  up: 'm6 15 6-6 6 6',
  hand: 'M5 13l4 4L19 7',
  mute: 'M4 10v4h4l6 5V5L8 10zM17 9l5 6M22 9l-5 6',
  reset: 'M5 5v5h5M5.5 10A8 8 0 1 1 4 14',
  phone: 'M5 3h4l2 5-3 2c1 3 3 5 6 6l2-3 5 2v4c-8 2-18-8-16-16z',
  people: 'M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 20c0-4 2-6 6-6s6 2 6 6M16 6a3 3 0 0 1 0 5M17 14c3 0 4 2 4 5',
  send: 'M3 11 21 3l-5 18-4-8z',
  /** A heart in a house: who lives there needs help. */
  care: 'M3 11 12 3l9 8v10H3zM12 18.5c-3-2-4.5-3.5-4.5-5.2a2.2 2.2 0 0 1 4.5-1 2.2 2.2 0 0 1 4.5 1c0 1.7-1.5 3.2-4.5 5.2z',
  place: 'M12 21c5-6 7-9 7-12a7 7 0 0 0-14 0c0 3 2 6 7 12zM12 6a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
} as const;

export type SignName = keyof typeof signs;
export type ShapeName = SignName | keyof typeof lines;

function isSign(name: ShapeName): name is SignName {
  return name in signs;
}

/** Beside a word always; so a reader passes it over. */
export function Shape({ name }: { readonly name: ShapeName }): JSX.Element {
  if (!isSign(name)) {
    return (
      <svg class="line-shape" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={lines[name]} />
      </svg>
    );
  }
  const [outline, mark] = signs[name];
  return (
    <svg class="sign" viewBox="0 0 48 48" aria-hidden="true" focusable="false">
      <path class="sign-outline" d={outline} />
      <path class="sign-mark" fill-rule="evenodd" d={mark} />
    </svg>
  );
}
