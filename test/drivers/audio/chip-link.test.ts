/** Links that misbehave in ways that no wire does: opens and writes that hang or fail. */
import { describe, expect, it } from 'vitest';
import { syn6288 } from '../../../drivers/audio/syn6288.js';
import { TtsSpeaker } from '../../../drivers/audio/tts-speaker.js';
import type { ByteLink, OpenByteLink } from '../../../drivers/driver.js';
import { heardWords } from '../../../hardware-sim/audio/mouth.js';
import { TtsChip } from '../../../hardware-sim/audio/tts-chip.js';
import { UartWire } from '../../../hardware-sim/audio/uart-wire.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { followIn, text } from './rig.js';

const never = new Promise<never>(() => undefined);

/** A speaker whose opens and writes go through the test's hands. */
function rigOf(odd: {
  readonly open?: (open: () => Promise<ByteLink>, times: number) => Promise<ByteLink>;
  readonly write?: (write: () => Promise<void>, life: number) => Promise<void>;
}) {
  const clock = new SimClock();
  const wire = new UartWire({ clock });
  const chip = new TtsChip('syn6288');
  wire.attach(chip);
  let opens = 0;
  const open: OpenByteLink = async (events) => {
    const life = ++opens;
    const reallyOpen = async (): Promise<ByteLink> => {
      const link = await wire.open(events);
      return {
        get isOpen() {
          return link.isOpen;
        },
        write: (raw) => (odd.write === undefined ? link.write(raw) : odd.write(() => link.write(raw), life)),
        close: () => link.close(),
      };
    };
    return odd.open === undefined ? reallyOpen() : odd.open(reallyOpen, life);
  };
  const speaker = new TtsSpeaker({ where: '/dev/voice', open, clock, random: () => 0.5, baud: 9600, codec: syn6288 });
  speaker.start();
  return { clock, speaker, ...followIn(clock, speaker), heard: () => heardWords(chip.heard) };
}

describe('the line to a voice chip', () => {
  it('is not waited for longer than 2 s while it is being opened', async () => {
    const { play, settled } = rigOf({ open: () => never });
    expect(await settled(play(text('火警')), 2100)).toBe('LINK-004');
  });

  it('is waited for when it opens sooner', async () => {
    let letOpen = (): void => undefined;
    const allowed = new Promise<void>((resolve) => {
      letOpen = resolve;
    });
    const { play, settled, heard, clock } = rigOf({ open: (open) => allowed.then(open) });
    clock.after(1500, letOpen);
    expect(await settled(play(text('火警')))).toBe('played');
    expect(heard()).toEqual(['火警 100% to the end']);
  });

  it.each([
    { how: 'hangs', write: () => never },
    { how: 'fails', write: () => Promise.reject(new Error('EIO')) },
  ])('is opened anew when a write $how, and that is told', async ({ write }) => {
    const { play, settled, heard, clock } = rigOf({ write: (well, life) => (life === 1 ? write() : well()) });
    await clock.advance(100);
    expect(await settled(play(text('火警')), 1100)).toBe('LINK-006');
    await clock.advance(5000);
    expect(await settled(play(text('火警')))).toBe('played');
    expect(heard()).toEqual(['火警 100% to the end']);
  });

  it('can be cut off while a write hangs', async () => {
    const { play, clock } = rigOf({ write: (_, life) => (life === 1 ? never : Promise.resolve()) });
    await clock.advance(100);
    const old = play(text('火警'));
    await clock.advance(200);
    play(text('疏散'));
    await clock.advance(0);
    expect(old.said).toBe('VOICE-001');
  });
});
