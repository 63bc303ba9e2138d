/** The simulated chips are as strict as their papers: what the driver must not do is not understood here. */
import { describe, expect, it } from 'vitest';
import { heardWords } from '../../../hardware-sim/audio/mouth.js';
import type { SimChip } from '../../../hardware-sim/audio/sim-chip.js';
import { SimSpeaker } from '../../../hardware-sim/audio/sim-speaker.js';
import { DfPlayerChip, DyChip } from '../../../hardware-sim/audio/track-chips.js';
import { TtsChip } from '../../../hardware-sim/audio/tts-chip.js';
import { UartWire } from '../../../hardware-sim/audio/uart-wire.js';
import { SimClock } from '../../../hardware-sim/sim-clock.js';
import { bytes, hex } from '../../hardware-sim/bytes.js';
import { followIn, text } from './rig.js';

const card = new Map([[1, 1000]]);

async function wired(chip: SimChip) {
  const clock = new SimClock();
  const wire = new UartWire({ clock });
  wire.attach(chip);
  const said: string[] = [];
  const link = await wire.open({ onBytes: (raw) => said.push(hex(raw)), onDown: () => undefined });
  /** Sends it, waits a second, and returns what was answered meanwhile. */
  const tell = async (order: string): Promise<string> => {
    said.length = 0;
    await link.write(bytes(order));
    await clock.advance(1000);
    return said.join(' ');
  };
  return { clock, link, tell, chip, heard: () => heardWords(chip.heard) };
}

const synFire = 'FD 00 07 01 01 BB F0 BE AF A0';
const xfsFire = 'FD 00 06 01 01 BB F0 BE AF';

describe('a simulated voice chip', () => {
  it('says what it is told, and tells when it is over', async () => {
    const syn = await wired(new TtsChip('syn6288'));
    expect(await syn.tell(synFire)).toBe('41 4F');
    const xfs = await wired(new TtsChip('xfs5152'));
    expect(await xfs.tell(xfsFire)).toBe('41 4F');
    expect([...syn.heard(), ...xfs.heard()]).toEqual(['火警 63% to the end', '火警 50% to the end']);
    expect(await syn.tell('FD 00 02 21 DE')).toBe('4F');
    expect(await xfs.tell('FD 00 01 21')).toBe('4F');
  });

  it('refuses a wrong check sum, a text that is too long, and another encoding', async () => {
    const { tell, heard } = await wired(new TtsChip('syn6288'));
    expect(await tell('FD 00 07 01 01 BB F0 BE AF A1')).toBe('45');
    const tooLong = [0xfd, 0, 204, 1, 1, ...new Array<number>(201).fill(0x61)];
    const sum = tooLong.reduce((xor, byte) => xor ^ byte, 0);
    expect(await tell(hex(Uint8Array.from([...tooLong, sum])))).toBe('45');
    expect(await tell('FD 00 05 01 03 70 6B E1')).toBe('45');
    expect(heard()).toEqual([]);
  });

  it('loses an order that comes in two pieces, or too soon after another', async () => {
    const { tell, link, clock, chip, heard } = await wired(new TtsChip('syn6288'));
    await link.write(bytes('FD 00 07 01 01'));
    await clock.advance(15);
    await link.write(bytes('BB F0 BE AF A0'));
    await clock.advance(1000);
    await link.write(bytes('FD 00 02 21 DE'));
    await link.write(bytes(synFire));
    await clock.advance(1000);
    expect(heard()).toEqual([]);
    expect(chip.spoilt).toBe(3);
    expect(await tell(synFire)).toBe('41 4F');
  });

  it('hears a volume only from the next order on, and forgets it without its supply', async () => {
    const { tell, clock, chip, heard } = await wired(new TtsChip('syn6288'));
    expect(await tell('FD 00 08 01 01 5B 76 31 36 5D 82')).toBe('41 4F');
    await tell(synFire);
    chip.setPower(false);
    expect(await tell(synFire)).toBe('');
    chip.setPower(true);
    await clock.advance(2000);
    await tell(synFire);
    expect(heard()).toEqual(['火警 100% to the end', '火警 63% to the end']);
  });
});

describe('a simulated player', () => {
  it('plays by the name of the file, and tells twice that it is over', async () => {
    const { tell, heard } = await wired(new DfPlayerChip(card));
    expect(await tell('7E FF 06 06 00 00 0F FE E6 EF')).toBe('');
    expect(await tell('7E FF 06 12 01 00 01 FE E7 EF')).toBe('7E FF 06 41 00 00 00 FE BA EF');
    expect(await tell('7E FF 06 42 00 00 00 FE B9 EF')).toMatch(/3D 00 00 01 FE BD EF .*42 00 02 00 FE B7 EF$/);
    expect(await tell('7E FF 06 12 00 00 09 FE E0 EF')).toBe('7E FF 06 40 00 00 06 FE B5 EF');
    expect(heard()).toEqual(['track 1 50% to the end']);
  });

  it('loses orders that come too fast, and those with a wrong sum', async () => {
    const { tell, link, clock, chip, heard } = await wired(new DfPlayerChip(card));
    await link.write(bytes('7E FF 06 06 00 00 0F FE E6 EF'));
    await link.write(bytes('7E FF 06 12 00 00 01 FE E8 EF'));
    await clock.advance(1000);
    expect(await tell('7E FF 06 12 00 00 01 FE E7 EF')).toBe('7E FF 06 40 00 00 02 FE B9 EF');
    expect([chip.spoilt, heard()]).toEqual([2, []]);
  });

  it('of the DY kind answers questions only', async () => {
    const { tell, heard, clock } = await wired(new DyChip(new Map([[1, 3000]])));
    expect(await tell('AA 18 01 02 C5')).toBe('');
    expect(await tell('AA 07 02 00 01 B4')).toBe('');
    expect(await tell('AA 01 00 AB')).toBe('AA 01 01 01 AD');
    expect(await tell('AA 04 00 AE')).toBe('');
    expect(await tell('AA 01 00 AB')).toBe('AA 01 01 00 AC');
    await tell('AA 07 02 00 05 B8');
    await clock.advance(5000);
    expect(heard()).toEqual(['track 1 67% cut off']);
  });
});

describe('a speaker without a chip', () => {
  it('keeps a record of what it played, one thing at a time, and fails when it is told to', async () => {
    const clock = new SimClock();
    const speaker = new SimSpeaker({ clock, plays: 'text' });
    const { play, follow, settled } = followIn(clock, speaker);
    const told: string[] = [];
    speaker.onHeard(({ what }) => told.push(what));
    const old = play(text('火警'), 80);
    await clock.advance(100);
    expect(await settled(play(text('请撤离'), 100))).toBe('played');
    expect(old.said).toBe('VOICE-001');
    expect(heardWords(speaker.heard)).toEqual(['火警 80% cut off', '请撤离 100% to the end']);
    expect(told).toEqual(['火警', '请撤离']);
    expect(await settled(play({ kind: 'track', track: 1 }))).toBe('VOICE-008');
    speaker.fault = 'VOICE-003';
    expect(await settled(play(text('火警')))).toBe('VOICE-003');
    expect(await settled(follow(speaker.check()))).toBe('VOICE-003');
    speaker.fault = null;
    const last = play(text('火警'));
    expect(await settled(follow(speaker.stop()))).toBe('played');
    await speaker.close();
    expect([last.said, speaker.now]).toEqual(['VOICE-001', null]);
  });
});
