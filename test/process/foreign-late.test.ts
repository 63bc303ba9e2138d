/** Late answers of a unit that is not ours, over a real pseudo-terminal and the real serialport. */
import { afterEach, describe, expect, test } from 'vitest';
import { SystemClock } from '../../drivers/clock.js';
import { ModbusLine } from '../../drivers/modbus/line.js';
import { priorities } from '../../drivers/modbus/line-queue.js';
import { serialLinkOpener } from '../../drivers/serial/serial-link.js';
import { lineConfig, unitAt } from '../drivers/rig.js';
import { killAll } from './child.js';
import { missingPrograms } from './programs.js';
import { foreignUnits, ptyPair, temporaryFolder } from './rig.js';

const latePerRun = 20;

describe.skipIf(missingPrograms('socat', 'pymodbus'))('a foreign unit that answers late', () => {
  const folder = temporaryFolder();
  afterEach(async () => {
    await killAll();
    folder.remove();
  });

  test('20 answers that come after the time-out never become the value of another register', async () => {
    const { master, unit } = await ptyPair(folder.path);
    const units = await foreignUnits(unit);
    const clock = new SystemClock();
    const config = lineConfig({ path: master, baud: 115_200, timeoutMs: 40, quarantineMs: 20 });
    let frame = 0;
    const line = await new Promise<ModbusLine>((resolve, reject) => {
      const opened: ModbusLine = new ModbusLine({
        config,
        open: serialLinkOpener(config, clock),
        clock,
        random: () => 0.5,
        nextFrame: () => ++frame,
        onUp: () => resolve(opened),
        onDown: reject,
      });
      opened.start();
    });

    let good = 0;
    let delayed = false;
    while (line.counts.timeouts < latePerRun) {
      delayed = !delayed;
      const from = units.lines.length;
      units.say(`delay ${delayed ? 70 : 0}`);
      await units.line((text) => text.startsWith('ok delay'), 5_000, from);
      // Register n of this unit holds n: an answer to another question would show.
      for (const address of [20, 60, 100]) {
        const answer = await line.request(unitAt(5), priorities.fire, {
          kind: 'read',
          table: 'holding',
          address,
          count: 2,
        });
        if (!answer.ok) continue;
        expect(answer.values).toEqual([address, address + 1]);
        good++;
      }
    }
    expect(good).toBeGreaterThan(latePerRun / 2);
    await line.stop();
  });
});
