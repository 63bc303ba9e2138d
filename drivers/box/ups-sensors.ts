/** A UPS board on I2C as sensors of the box. */
import type { BoxFigure, UpsConfig } from '../../config/site.js';
import type { BoxSensor } from '../driver.js';
import { DriverError } from '../driver-error.js';
import { type I2cBus, systemI2cBus } from './i2c-bus.js';
import { type UpsBoard, type UpsFigures, upsBoards } from './ups-registers.js';

/** One for each figure of the board, there or not: what the site file names and does not answer is a fault. */
export function upsSensors(
  { board: kind, i2cBus }: UpsConfig,
  bus: I2cBus = systemI2cBus(i2cBus),
): readonly BoxSensor[] {
  const board = upsBoards[kind];
  const where = `${kind} i2c-${i2cBus}`;
  let underWay: Promise<UpsFigures> | null = null;
  // Whoever asks meanwhile waits for the same answer: there is never more than one question on the bus.
  const look = (): Promise<UpsFigures> => {
    underWay ??= ask(board, bus, where).finally(() => {
      underWay = null;
    });
    return underWay;
  };
  return board.tells.map((what) => ({ what, read: async () => told(await look(), what, where) }));
}

async function ask(board: UpsBoard, bus: I2cBus, where: string): Promise<UpsFigures> {
  const blocks: Uint8Array[] = [];
  for (const { from, bytes } of board.blocks) {
    const block = await bus.read(board.address, from, bytes);
    if (block.length !== bytes) throw new DriverError('BOX-002', where, `${block.length}/${bytes} B`);
    blocks.push(block);
  }
  return board.figures(blocks);
}

function told(figures: UpsFigures, what: BoxFigure, where: string): number | string {
  const value = figures[what] ?? null;
  if (value === null) throw new DriverError('BOX-004', `${where} ${what}`);
  return value;
}
