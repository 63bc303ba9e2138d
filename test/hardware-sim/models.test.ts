import { beforeEach, describe, expect, it } from 'vitest';
import { withCrc } from '../../hardware-sim/modbus/crc16.js';
import { makeModel, modelledProfiles } from '../../hardware-sim/modbus/models.js';
import { SimUnit } from '../../hardware-sim/modbus/sim-unit.js';
import { SimClock } from '../../hardware-sim/sim-clock.js';
import { bytes, hex } from './bytes.js';

let clock: SimClock;
let unit: SimUnit;

function make(profileId: string): void {
  clock = new SimClock();
  unit = new SimUnit({ address: 1, model: makeModel(profileId, clock) });
}

/** Request without and reply without check sum; '' = silence. */
function ask(request: string): string {
  const said = unit.hear(withCrc(bytes(request)));
  return said.map((each) => hex(each.bytes.subarray(0, -2))).join(' ');
}

function relays(): string {
  const bank = unit.model.relays;
  return Array.from({ length: bank?.size ?? 0 }, (_, i) => (bank?.contactIsClosed(i) ? '1' : '0')).join('');
}

describe('every unit', () => {
  beforeEach(() => make('waveshare-relay8'));

  it('leaves requests to other units alone', () => {
    expect(ask('02 05 00 00 FF 00')).toBe('');
    expect(relays()).toBe('00000000');
  });

  it('obeys a broadcast and does not answer it', () => {
    expect(ask('00 05 00 01 FF 00')).toBe('');
    expect(relays()).toBe('01000000');
  });

  it('refuses unknown functions, senseless quantities and addresses it does not have, in that order', () => {
    expect(ask('01 42')).toBe('01 C2 01');
    expect(ask('01 03 FF FF 00 00')).toBe('01 83 01');
    expect(ask('01 01 FF FF 00 00')).toBe('01 81 03');
    expect(ask('01 01 00 00 07 D1')).toBe('01 81 03');
    expect(ask('01 01 00 07 00 02')).toBe('01 81 02');
  });

  it('is silent without supply', () => {
    unit.on = false;
    expect(ask('01 01 00 00 00 08')).toBe('');
  });

  it('can not be made for a profile that nobody modelled', () => {
    expect(() => make('no-such-thing')).toThrow(/no-such-thing.*n4d8b08/);
  });
});

describe('the unbranded smoke detector', () => {
  beforeEach(() => make('generic-smoke-0010'));

  it('shows smoke in its one register', () => {
    expect(ask('01 03 00 10 00 01')).toBe('01 03 02 00 00');
    unit.model.setRaw('holding', 0x10, 1);
    expect(ask('01 03 00 10 00 01')).toBe('01 03 02 00 01');
  });

  it('has nothing else: no neighbour, no other function', () => {
    expect(ask('01 03 00 10 00 02')).toBe('01 83 02');
    expect(ask('01 03 00 0F 00 01')).toBe('01 83 02');
    expect(ask('01 04 00 10 00 01')).toBe('01 84 01');
    expect(ask('01 06 00 10 00 00')).toBe('01 86 01');
  });
});

describe('the N4D8B08', () => {
  beforeEach(() => make('n4d8b08'));

  it('reads 0001 after 0100 was written', () => {
    expect(ask('01 06 00 01 01 00')).toBe('01 06 00 01 01 00');
    expect(ask('01 03 00 01 00 08')).toBe('01 03 10 00 01 00 00 00 00 00 00 00 00 00 00 00 00 00 00');
    ask('01 06 00 01 02 00');
    expect(relays()).toBe('00000000');
  });

  it('toggles, and latches one output with the others off', () => {
    ask('01 06 00 02 03 00');
    ask('01 06 00 03 03 00');
    expect(relays()).toBe('01100000');
    ask('01 06 00 08 04 00');
    expect(relays()).toBe('00000001');
  });

  it('ends a momentary order after 1 s and a timed one after its seconds, without any host', async () => {
    ask('01 06 00 01 05 00');
    ask('01 06 00 02 06 0A');
    await clock.advance(999);
    expect(relays()).toBe('11000000');
    await clock.advance(1);
    expect(relays()).toBe('01000000');
    await clock.advance(9000);
    expect(relays()).toBe('00000000');
  });

  it('keeps an output on that was ordered on again while a timer ran', async () => {
    ask('01 06 00 01 05 00');
    ask('01 06 00 01 01 00');
    await clock.advance(5000);
    expect(relays()).toBe('10000000');
  });

  it('switches all at once through register 0, which can not be read', () => {
    ask('01 06 00 00 07 00');
    expect(relays()).toBe('11111111');
    ask('01 06 00 00 08 00');
    expect(relays()).toBe('00000000');
    expect(ask('01 03 00 00 00 01')).toBe('01 83 02');
  });

  it('refuses values that its paper does not name', () => {
    expect(ask('01 06 00 01 00 01')).toBe('01 86 03');
    expect(ask('01 06 00 00 01 00')).toBe('01 86 03');
    expect(ask('01 06 00 FD 00 07')).toBe('01 86 03');
  });

  it('shows its inputs at 0081 to 0088', () => {
    unit.model.setRaw('holding', 0x83, 1);
    expect(ask('01 03 00 81 00 08')).toBe('01 03 10 00 00 00 00 00 01 00 00 00 00 00 00 00 00 00 00');
    expect(ask('01 06 00 83 00 00')).toBe('01 86 02');
  });

  it('leaves the factory linked: an input switches its output by itself', () => {
    unit.model.setRaw('holding', 0x81, 1);
    expect(relays()).toBe('10000000');
    unit.model.setRaw('holding', 0x81, 0);
    expect(relays()).toBe('10000000');
    unit.model.setRaw('holding', 0x81, 1);
    expect(relays()).toBe('00000000');
  });

  it('no longer does once it was unlinked, not even after its supply came back', () => {
    expect(ask('01 06 00 FD 00 00')).toBe('01 06 00 FD 00 00');
    unit.on = false;
    unit.on = true;
    expect(ask('01 03 00 FD 00 01')).toBe('01 03 02 00 00');
    unit.model.setRaw('holding', 0x81, 1);
    expect(relays()).toBe('00000000');
  });
});

describe('the Waveshare relay module', () => {
  beforeEach(() => make('waveshare-relay8'));

  it('switches and reads its coils', () => {
    expect(ask('01 05 00 00 FF 00')).toBe('01 05 00 00 FF 00');
    ask('01 05 00 02 FF 00');
    expect(ask('01 01 00 00 00 08')).toBe('01 01 01 05');
    ask('01 05 00 00 00 00');
    expect(relays()).toBe('00100000');
  });

  it('takes many coils at once', () => {
    expect(ask('01 0F 00 00 00 08 01 A5')).toBe('01 0F 00 00 00 08');
    expect(relays()).toBe('10100101');
    expect(ask('01 0F 00 04 00 08 01 FF')).toBe('01 8F 02');
    expect(relays()).toBe('10100101');
  });

  it('switches all through 00FF and turns all over through 01FF, which can not be read', () => {
    ask('01 05 00 FF FF 00');
    expect(relays()).toBe('11111111');
    ask('01 05 00 03 00 00');
    ask('01 05 01 FF FF 00');
    expect(relays()).toBe('00010000');
    expect(ask('01 01 00 FF 00 01')).toBe('01 81 02');
  });

  it('flashes a relay on or off for tenths of a second by a value that is no coil value', async () => {
    expect(ask('01 05 02 00 00 14')).toBe('01 05 02 00 00 14');
    ask('01 05 00 01 FF 00');
    ask('01 05 04 01 00 05');
    expect(relays()).toBe('10000000');
    await clock.advance(500);
    expect(relays()).toBe('11000000');
    await clock.advance(1500);
    expect(relays()).toBe('01000000');
  });

  it('refuses a coil value that is neither on nor off', () => {
    expect(ask('01 05 00 00 00 01')).toBe('01 85 03');
  });

  it('drops its relays without supply and tells every movement of a contact', () => {
    const moves: string[] = [];
    unit.model.relays?.onChange((index, closed) => moves.push(`${index} ${closed}`));
    ask('01 05 00 04 FF 00');
    ask('01 05 00 04 FF 00');
    unit.on = false;
    unit.on = true;
    expect(moves).toEqual(['4 true', '4 false']);
    expect(ask('01 01 00 00 00 08')).toBe('01 01 01 00');
  });

  it('can have a welded contact, which its own read-back does not show', () => {
    unit.model.relays?.weld(0, true);
    expect(relays()).toBe('10000000');
    expect(ask('01 01 00 00 00 08')).toBe('01 01 01 00');
    unit.model.relays?.weld(0, null);
    expect(relays()).toBe('00000000');
  });
});

describe('the Waveshare module with inputs', () => {
  it('leaves the factory linked as Relay (D): an input moves its relay without any host, until it is set to 0', () => {
    make('waveshare-relay-d');
    unit.model.setRaw('discrete', 2, 1);
    expect(relays()).toBe('00100000');
    unit.model.setRaw('discrete', 2, 0);
    expect(relays()).toBe('00000000');
    expect(ask('01 06 10 02 00 00')).toBe('01 06 10 02 00 00');
    unit.model.setRaw('discrete', 2, 1);
    expect(relays()).toBe('00000000');
    expect(ask('01 02 00 00 00 08')).toBe('01 02 01 04');
    expect(ask('01 03 10 00 00 08')).toBe('01 03 10 00 01 00 01 00 00 00 01 00 01 00 01 00 01 00 01');
  });

  it('is set by the installer, and IO 8CH needs no setting', () => {
    make('waveshare-relay-d');
    unit.model.commission();
    unit.model.setRaw('discrete', 0, 1);
    expect(relays()).toBe('00000000');
    make('waveshare-io8');
    unit.model.setRaw('discrete', 0, 1);
    expect(relays()).toBe('00000000');
    expect(ask('01 05 00 07 FF 00')).toBe('01 05 00 07 FF 00');
    expect(ask('01 01 00 00 00 08')).toBe('01 01 01 80');
  });

  it('turns a relay over at each closing in mode 2, but not without supply', () => {
    make('waveshare-io8');
    ask('01 06 10 00 00 02');
    unit.model.setRaw('discrete', 0, 1);
    unit.model.setRaw('discrete', 0, 0);
    expect(relays()).toBe('10000000');
    unit.on = false;
    unit.model.setRaw('discrete', 0, 1);
    expect(relays()).toBe('00000000');
    expect(ask('01 06 10 08 00 00')).toBe('');
    unit.on = true;
    expect(ask('01 06 10 08 00 00')).toBe('01 86 02');
    expect(ask('01 06 10 00 00 09')).toBe('01 86 03');
  });
});

describe('the arc-fault detector', () => {
  beforeEach(() => make('xiyu-afd'));

  it('gives one register at a time and refuses with function byte 80, as its paper shows', () => {
    expect(ask('01 03 00 00 00 01')).toBe('01 03 02 00 00');
    expect(ask('01 03 00 00 00 07')).toBe('01 80 03');
    expect(ask('01 04 00 00 00 01')).toBe('01 80 01');
    expect(ask('01 06 01 02 01 F7')).toBe('01 80 01');
    expect(ask('01 03 00 07 00 01')).toBe('01 80 02');
  });

  it('tests itself and resets by function 16, also when all are told at once', () => {
    expect(ask('01 10 01 01 00 01 02 01 F7')).toBe('01 10 01 01 00 01');
    expect(ask('01 03 00 00 00 01')).toBe('01 03 02 00 01');
    expect(ask('00 10 01 02 00 01 02 01 F7')).toBe('');
    expect(ask('01 03 00 00 00 01')).toBe('01 03 02 00 00');
    expect(ask('01 10 01 02 00 01 02 00 01')).toBe('01 80 03');
  });
});

describe('the arc-fault detector in a village', () => {
  it('keeps its alarm when the arc has gone, until the reset; one that still burns stays', () => {
    make('xiyu-afd');
    unit.model.setRaw('holding', 0, 1);
    expect(ask('01 10 01 02 00 01 02 01 F7')).toBe('01 10 01 02 00 01');
    expect(ask('01 03 00 00 00 01')).toBe('01 03 02 00 01');
    unit.model.setRaw('holding', 0, 0);
    expect(ask('01 03 00 00 00 01')).toBe('01 03 02 00 01');
    expect(ask('01 10 01 02 00 01 02 01 F7')).toBe('01 10 01 02 00 01');
    expect(ask('01 03 00 00 00 01')).toBe('01 03 02 00 00');
  });
});

describe('the breaker', () => {
  beforeEach(() => make('lx47le'));

  it('opens when told, and refuses blocks', () => {
    expect(ask('01 04 00 00 00 01')).toBe('01 04 02 00 F0');
    expect(ask('01 04 00 00 00 02')).toBe('01 84 03');
    expect(ask('01 06 00 0D 00 00')).toBe('01 06 00 0D 00 00');
    expect(ask('01 04 00 00 00 01')).toBe('01 04 02 00 0F');
  });

  it('obeys nobody while it is locked on the spot', () => {
    unit.model.setRaw('input', 0, 0x01f0);
    expect(ask('01 06 00 0D 00 00')).toBe('01 86 04');
    expect(ask('01 04 00 00 00 01')).toBe('01 04 02 01 F0');
    expect(ask('01 06 00 0D 00 07')).toBe('01 86 03');
  });
});

describe('a module that is nothing but registers', () => {
  it('shows what the world does, by the frames of its paper', () => {
    make('transmitter-7reg');
    unit.model.setRaw('holding', 4, 35);
    expect(ask('01 03 00 02 00 03')).toBe('01 03 06 00 10 00 02 00 23');
    expect(ask('01 06 00 0F 00 00')).toBe('01 06 00 0F 00 00');
    make('pzem-016');
    expect(ask('01 04 00 00 00 0A')).toBe('01 04 14 09 01 04 E2 00 00 0A FA 00 00 E2 40 00 01 01 F4 00 61 00 00');
    make('ddsu666');
    expect(ask('01 04 20 00 00 02')).toBe('01 04 04 43 66 80 00');
    make('sga-gas');
    expect(ask('01 03 01 00 00 09')).toBe('01 03 12 00 00 00 00 00 01 00 01 00 00 01 F4 00 FA 00 00 03 E8');
  });

  it('takes what its paper lets a master write, and nothing else', () => {
    make('waveshare-ai8');
    expect(ask('01 06 10 00 00 03')).toBe('01 06 10 00 00 03');
    expect(ask('01 06 10 00 00 05')).toBe('01 86 03');
    expect(ask('01 06 00 00 00 01')).toBe('01 86 02');
    unit.model.commission();
    expect(ask('01 03 10 00 00 01')).toBe('01 03 02 00 02');
    expect(() => unit.model.setRaw('holding', 0x1000, 1)).toThrow(/waveshare-ai8 has no input at holding 0x1000/);
  });

  it('of one profile shares nothing with another of the same profile', () => {
    const [one, other] = [makeModel('renke-th', clock), makeModel('renke-th', clock)];
    one.setRaw('holding', 0, 1);
    expect(other.read('holding', 0)).not.toBe(1);
    expect(new Set(modelledProfiles).size).toBe(modelledProfiles.length);
  });
});
