/**
 * What runs while no gateway can: shows and sounds that nobody watches, and ends when the gateway shall be tried again. It starts
 * nothing itself: whoever started it starts the gateway when it ends (OnSuccess of the unit), however it ends.
 */
import type { Clock } from '../../drivers/clock.js';
import type { PinBoard } from '../../drivers/driver.js';
import { DriverError } from '../../drivers/driver-error.js';
import type { TroublePins } from './remembered-pins.js';
import { TroubleSigns } from './trouble-signs.js';
import type { TroubleReason } from './trouble-words.js';

/** Somebody who mends the site file does not wait for the next try. */
const lookMs = 2000;

export interface TroubleOptions {
  readonly clock: Clock;
  readonly reason: TroubleReason;
  readonly pauseMs: number;
  /** By the site file if it is fit, else as remembered; null: no pins are known. */
  readonly pins: TroublePins | null;
  /** Rejects with DriverError when there are no pins. */
  readonly openPins: (driver: TroublePins['driver']) => Promise<PinBoard>;
  /** Something that is another one after the site file was changed; null: it can not be read. */
  readonly stampOfSite: () => Promise<string | null>;
  /** Resolves when it shall give way at once: the gateway is being started, or the box stops. */
  readonly stopped: Promise<unknown>;
  readonly onError: (error: DriverError) => void;
}

/** Resolves when the gateway shall be tried again. */
export async function showTrouble(options: TroubleOptions): Promise<void> {
  const { clock, pauseMs, stampOfSite } = options;
  const endMono = clock.mono() + pauseMs;
  const control = { isOver: false };
  const over = options.stopped.then(() => {
    control.isOver = true;
  });
  const signs = await openSigns(options);
  if (!control.isOver) signs?.start();
  const first = await stampOfSite();
  while (!control.isOver && clock.mono() < endMono) {
    const leftMs = Math.min(lookMs, endMono - clock.mono());
    let cancel = (): void => undefined;
    await Promise.race([over, new Promise<void>((resolve) => (cancel = clock.after(leftMs, resolve)))]);
    cancel();
    if ((await stampOfSite()) !== first) break;
  }
  signs?.stop();
}

async function openSigns({ pins, reason, openPins, clock, onError }: TroubleOptions): Promise<TroubleSigns | null> {
  // Another gateway has the pins, and its lamps say how it stands.
  if (pins === null || reason === 'second-gateway') return null;
  if (pins.lamps.length + pins.buzzers.length === 0) return null;
  try {
    return new TroubleSigns({ board: await openPins(pins.driver), pins, clock, onError });
  } catch (error) {
    if (!(error instanceof DriverError)) throw error;
    onError(error);
    return null;
  }
}

/** Lets go quiet what must not sound without a gateway, by the pins' own driver. Returns how many could not be switched. */
export async function quietPins(pins: TroublePins, openPins: TroubleOptions['openPins']): Promise<number> {
  if (pins.quiet.length === 0) return 0;
  const board = await openPins(pins.driver);
  let failed = 0;
  for (const { pin, activeLow } of pins.quiet) {
    try {
      board.openOutput(pin, activeLow).set(false);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      failed += 1;
    }
  }
  board.close();
  return failed;
}
