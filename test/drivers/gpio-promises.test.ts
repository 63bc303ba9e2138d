/** What a site may promise of an output on a pin, by the way to that pin (config/checks/outputs.ts). */
import { describe, expect, it } from 'vitest';
import { loadConfigText } from '../../config/load-config.js';
import { knownPinDrivers } from '../../gateway/known-parts.js';
import { known, library, siteFile, siteText } from '../config/rig.js';

function check(gpio: string, onControlLost: string) {
  const text = siteText(
    ['gpio: {driver: sysfs}', gpio],
    ['gpio: {pin: 17}, on_control_lost: keep_sounding', `gpio: {pin: 17}, on_control_lost: ${onControlLost}`],
  );
  return loadConfigText(siteFile, text, { ...known, knownPinDrivers, profiles: library });
}

describe('a siren on a pin', () => {
  it.each([
    ['simulated', 'keep_sounding'],
    ['chip', 'go_quiet'],
  ])('over %s may promise %s, and not the opposite', (driver, kept) => {
    const gpio = `gpio: {driver: ${driver}}`;
    expect(check(gpio, kept)).toMatchObject({ ok: true, config: { gpio: { driver } } });
    const wrong = kept === 'go_quiet' ? 'keep_sounding' : 'go_quiet';
    expect(check(gpio, wrong)).toMatchObject({
      ok: false,
      problems: [{ code: 'CONF-039', where: 'output siren-main', expected: kept, got: wrong }],
    });
  });

  it('over sysfs may promise both: it holds, and the unit quiets what must go quiet', () => {
    for (const promised of ['keep_sounding', 'go_quiet']) {
      expect(check('gpio: {driver: sysfs}', promised)).toMatchObject({ ok: true });
    }
  });

  it.each(['gpio: {driver: auto}', 'gpio: {}'])('can promise nothing before its driver is named: %s', (gpio) => {
    for (const promised of ['keep_sounding', 'go_quiet']) {
      const outcome = check(gpio, promised);
      expect(outcome).toMatchObject({ ok: false, problems: [{ code: 'CONF-039', got: 'auto' }] });
      expect(outcome.ok ? '' : outcome.problems[0]?.hint?.en).toMatch(/driver: sysfs .* driver: chip/);
    }
  });
});

it('a contact on a pin is read by whichever driver is there', () => {
  const text = siteText(
    ['  - {id: siren-main, kind: siren, gpio: {pin: 17}, on_control_lost: keep_sounding}\n', ''],
    [', siren-main]', ']'],
    ['gpio: {driver: sysfs}', 'gpio: {}'],
  );
  const outcome = loadConfigText(siteFile, text, { ...known, knownPinDrivers, profiles: library });
  expect(outcome).toMatchObject({ ok: true, config: { gpio: { driver: 'auto' } } });
});
