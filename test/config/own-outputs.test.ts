/** Lamps and heartbeats, which act by themselves, and plans whose steps stand ready. */
import { describe, expect, it } from 'vitest';
import { explainPlans } from '../../gateway/annunciator/explain-plan.js';
import { configOf, siteText } from './rig.js';

const own = (keys: string) => configOf(siteText(['plans:', `  - {id: own-out, ${keys}}\nplans:`]));

describe('a lamp', () => {
  it('shows what the site file says, and without that it waits for plans', () => {
    const wired = 'kind: lamp, gpio: {pin: 5}, on_control_lost: keep_sounding';
    expect(own(`${wired}, shows: fault`).outputs.at(-1)).toMatchObject({ id: 'own-out', kind: 'lamp', shows: 'fault' });
    expect(own(wired).outputs.at(-1)).not.toHaveProperty('shows');
  });
});

describe('a heartbeat', () => {
  it('is a pin and no output: nobody can order it', () => {
    const config = own('kind: heartbeat, zone: hall, gpio: {pin: 5, active_low: true}');
    const target = { kind: 'pin', pin: 5, activeLow: true };
    expect(config.heartbeats).toEqual([
      { id: 'own-out', name: { zh: 'own-out', en: 'own-out' }, zone: 'hall', target },
    ]);
    expect(config.outputs.map(({ id }) => id)).not.toContain('own-out');
  });

  it('needs no promise about the end of the program: standing still is the signal, whatever drives the pin', () => {
    const text = siteText(
      [
        '  - {id: siren-main, kind: siren, gpio: {pin: 17}',
        '  - {id: siren-main, kind: siren, relay: {device: relay-1, channel: 2}',
      ],
      ['plans:', '  - {id: own-out, kind: heartbeat, gpio: {pin: 5}}\nplans:'],
    );
    for (const driver of ['sysfs', 'simulated']) {
      expect(configOf(text.replace('driver: sysfs', `driver: ${driver}`)).heartbeats).toHaveLength(1);
    }
  });
});

describe('a preset', () => {
  const planned = (keys: string) => {
    const config = configOf(siteText(['[siren-hall, siren-main]}', `[siren-hall], ${keys}}`]));
    return { steps: config.plans[0]?.steps, words: explainPlans(config, 'en') };
  };
  const atOnce = { start: [{ kind: 'at-once' }], sound: ['siren-hall'] };
  const village = (afterMs: number) => ({
    start: [{ kind: 'confirmed' }, { kind: 'unacknowledged', afterMs }],
    sound: ['siren-main'],
  });
  const neighbours = (afterMs: number) => ({ start: [{ kind: 'after', afterMs }], sound: ['siren-hall'] });
  const both = 'village: [siren-main, siren-main], neighbours: [siren-hall]';

  it('unmanned_village: the place at once, the village confirmed or after 30 s, the neighbours after 120 s', () => {
    const { steps } = planned(`preset: unmanned_village, ${both}`);
    expect(steps).toEqual([atOnce, village(30_000), neighbours(120_000)]);
  });

  it('manned_station: the place at once, the village confirmed or after 120 s, the neighbours after 300 s', () => {
    const { steps } = planned(`preset: manned_station, ${both}`);
    expect(steps).toEqual([atOnce, village(120_000), neighbours(300_000)]);
  });

  it('without neighbours has no step for them', () => {
    expect(planned('preset: unmanned_village, village: [siren-main]').steps).toEqual([atOnce, village(30_000)]);
  });

  it('is explained by the steps that it stands for', () => {
    const { words } = planned(`preset: unmanned_village, ${both}`);
    expect(words).toContain('at once: siren-hall');
    expect(words).toContain('when the fire is confirmed, or when nobody has acknowledged for 30 s: siren-main');
    expect(words).toContain('120 s after the alarm: siren-hall');
  });
});
