import { DriverError } from '../driver-error.js';
import { systemI2cBus } from './i2c-bus.js';
import { upsBoards } from './ups-registers.js';
/** One for each figure of the board, there or not: what the site file names and does not answer is a fault. */
export function upsSensors({ board: kind, i2cBus }, bus = systemI2cBus(i2cBus)) {
    const board = upsBoards[kind];
    const where = `${kind} i2c-${i2cBus}`;
    let underWay = null;
    // Whoever asks meanwhile waits for the same answer: there is never more than one question on the bus.
    const look = () => {
        underWay ??= ask(board, bus, where).finally(() => {
            underWay = null;
        });
        return underWay;
    };
    return board.tells.map((what) => ({ what, read: async () => told(await look(), what, where) }));
}
async function ask(board, bus, where) {
    const blocks = [];
    for (const { from, bytes } of board.blocks) {
        const block = await bus.read(board.address, from, bytes);
        if (block.length !== bytes)
            throw new DriverError('BOX-002', where, `${block.length}/${bytes} B`);
        blocks.push(block);
    }
    return board.figures(blocks);
}
function told(figures, what, where) {
    const value = figures[what] ?? null;
    if (value === null)
        throw new DriverError('BOX-004', `${where} ${what}`);
    return value;
}
