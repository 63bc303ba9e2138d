/** What the system's small files tell about the box, and what is not made up when they say nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BoxFigure } from '../../config/site.js';
import { type BoxFiles, systemFiles } from '../../drivers/box/box-files.js';
import { openRealBox } from '../../drivers/box/real-box.js';
import type { BoxSensor } from '../../drivers/driver.js';

/** A box with these files under a folder of its own, and a way to change one of them. */
async function box(
  files: Readonly<Record<string, string>>,
  system: BoxFiles = systemFiles,
): Promise<{ readonly sensors: readonly BoxSensor[]; readonly write: (path: string, text: string | null) => void }> {
  const root = mkdtempSync(join(tmpdir(), 'gengfu-box-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const write = (path: string, text: string | null): void => {
    const whole = join(root, path);
    mkdirSync(dirname(whole), { recursive: true });
    if (text === null) rmSync(whole);
    else writeFileSync(whole, text);
  };
  for (const [path, text] of Object.entries(files)) write(path, text);
  const [thermalRoot, hwmonRoot] = [join(root, 'thermal'), join(root, 'hwmon')];
  return { sensors: await openRealBox({ dataDir: root, files: system, thermalRoot, hwmonRoot }), write };
}

function sensor(sensors: readonly BoxSensor[], what: BoxFigure): BoxSensor {
  const found = sensors.find((each) => each.what === what);
  if (found === undefined) throw new Error(`no ${what}`);
  return found;
}

describe('a box', () => {
  it('without thermal zones and hwmon has a disk and a memory, and nothing else', async () => {
    const { sensors } = await box({});
    expect(sensors.map(({ what }) => what)).toEqual(['disk_free', 'memory']);
    const [disk, memory] = await Promise.all(sensors.map((each) => each.read()));
    expect(disk).toBeGreaterThanOrEqual(0);
    expect(disk).toBeLessThanOrEqual(100);
    expect(memory).toBeGreaterThan(10);
  });

  it('counts its free disk as df does: of what this program may use', async () => {
    const space = async () => ({ blocks: 1000, free: 150, available: 100 });
    const { sensors } = await box({}, { ...systemFiles, space });
    expect(await sensor(sensors, 'disk_free').read()).toBe(10.5);
    const none = await box({}, { ...systemFiles, space: async () => ({ blocks: 0, free: 0, available: 0 }) });
    await expect(sensor(none.sensors, 'disk_free').read()).rejects.toMatchObject({ code: 'BOX-001' });
  });

  it('is as warm as its hottest zone; a zone that says nonsense is none', async () => {
    const { sensors, write } = await box({
      'thermal/thermal_zone0/temp': '54321\n',
      'thermal/thermal_zone1/temp': '61000\n',
      'thermal/thermal_zone2/temp': '999000\n',
      'thermal/thermal_zone3/temp': '',
      'thermal/cooling_device0/temp': '70000\n',
    });
    const temperature = sensor(sensors, 'temperature');
    expect(await temperature.read()).toBe(61);
    write('thermal/thermal_zone1/temp', null);
    expect(await temperature.read()).toBe(54.3);
    write('thermal/thermal_zone0/temp', 'hot');
    await expect(temperature.read()).rejects.toMatchObject({ code: 'BOX-001' });
  });

  it('knows whether its supply is weak, where the board can tell', async () => {
    const { sensors, write } = await box({
      'hwmon/hwmon0/name': 'cpu_thermal\n',
      'hwmon/hwmon1/name': 'rpi_volt\n',
      'hwmon/hwmon1/in0_lcrit_alarm': '0\n',
    });
    const supply = sensor(sensors, 'supply');
    expect(await supply.read()).toBe('normal');
    write('hwmon/hwmon1/in0_lcrit_alarm', '1\n');
    expect(await supply.read()).toBe('low');
    write('hwmon/hwmon1/in0_lcrit_alarm', '2\n');
    await expect(supply.read()).rejects.toMatchObject({ code: 'BOX-001' });
    write('hwmon/hwmon1/in0_lcrit_alarm', null);
    await expect(supply.read()).rejects.toThrow();
  });

  it('without the flag has no supply to tell about', async () => {
    const { sensors } = await box({ 'hwmon/hwmon0/name': 'rpi_volt\n' });
    expect(sensors.map(({ what }) => what)).not.toContain('supply');
  });
});
