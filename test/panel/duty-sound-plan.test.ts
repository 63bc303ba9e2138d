/** What is heard in the duty room, by class and hour. */
import { describe, expect, it, test } from 'vitest';
import { panelSound, type SoundCause, type SoundNeed, soundFor } from '../../gateway/duty/sound-plan.js';

const night = { fromMin: 22 * 60, toMin: 7 * 60 };
const at = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};
const told = (cause: SoundCause, isFirst: boolean, time: string): string => {
  const sound = soundFor({ cause, isFirst }, at(time), night);
  if (sound === null) return '-';
  return `${sound.tone} ${sound.everyMs === null ? 'once' : sound.everyMs / 1000}`;
};

/** Cause, heard before; by day, in the evening before and at the night's begin, at its end. */
test.each<readonly [SoundCause, boolean, string, string, string, string, string]>([
  ['fire', true, 'fire 4', 'fire 4', 'fire 4', 'fire 4', 'fire 4'],
  ['fire', false, 'fire 4', 'fire 4', 'fire 4', 'fire 4', 'fire 4'],
  ['warning', false, 'warning 4', 'warning 4', 'warning 4', 'warning 4', 'warning 4'],
  ['duty-check', false, 'duty-check 10', 'duty-check 10', 'duty-check 10', 'duty-check 10', 'duty-check 10'],
  ['supervisory', false, 'supervisory 60', 'supervisory 60', 'supervisory 600', 'supervisory 600', 'supervisory 60'],
  ['fault', true, 'fault 300', 'fault 300', 'fault once', 'fault once', 'fault 300'],
  ['fault', false, 'fault 300', 'fault 300', '-', '-', 'fault 300'],
  ['technical', true, 'technical once', 'technical once', '-', '-', 'technical once'],
  ['technical', false, '-', '-', '-', '-', '-'],
])('%s, first: %s — at noon, 21:59, 22:00, 06:59 and 07:00', (cause, isFirst, ...wanted) => {
  const times = ['12:00', '21:59', '22:00', '06:59', '07:00'];
  expect(times.map((time) => told(cause, isFirst, time))).toEqual(wanted);
});

describe('several at once', () => {
  const need = (cause: SoundCause, isFirst = true): SoundNeed => ({ cause, isFirst });

  it('sound as the gravest of them does, and a duty check is heard over faults', () => {
    const of = (...causes: readonly SoundCause[]): unknown =>
      panelSound(
        causes.map((each) => need(each)),
        at('03:00'),
        night,
      )?.tone;
    expect(of('technical', 'fault', 'fire', 'warning')).toBe('fire');
    expect(of('fault', 'duty-check', 'supervisory')).toBe('duty-check');
    expect(of('technical')).toBeUndefined();
    expect(of()).toBeUndefined();
  });

  it('what makes no sound now does not hide what does', () => {
    expect(panelSound([need('technical'), need('fault', false), need('supervisory')], at('03:00'), night)?.tone).toBe(
      'supervisory',
    );
  });
});
