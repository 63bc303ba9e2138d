/** What makes each scenario fail: one thing that is broken, and what the judge must then say. */
import { brandId } from '../../config/ids.js';
import type { PointConfig, SiteConfig } from '../../config/site.js';
import { silent } from '../../hardware-sim/modbus/mischief.js';
import { burnContacts, type Sabotage } from './virtual-theatre.js';

/** `fails`: the expectation that is not met, or a part of what must never be and was. */
export interface Sabotaged extends Sabotage {
  readonly name: string;
  readonly fails: string;
}

const deaf = (unit: string, fails: string): Sabotaged => ({
  name: `${unit} answers nothing`,
  fails,
  world: ({ village }) => {
    const found = village.units.get(brandId(unit));
    if (found === undefined) throw new Error(`no unit ${unit}`);
    found.mischief = silent;
  },
});

const burnt = (output: string, fails: string): Sabotaged => ({
  name: `the contact of ${output} is burnt`,
  fails,
  world: (theatre) => burnContacts(theatre, output),
});

const points = (name: string, fails: string, change: (point: PointConfig) => PointConfig): Sabotaged => ({
  name,
  fails,
  config: (config) => ({ ...config, points: config.points.map(change) }),
});

const noLimits = (fails: string): Sabotaged =>
  points('numbers have no limits', fails, ({ limits: _, ...point }) => point);

const plans = (
  name: string,
  fails: string,
  change: (plan: SiteConfig['plans'][number]) => SiteConfig['plans'][number],
): Sabotaged => ({ name, fails, config: (config) => ({ ...config, plans: config.plans.map(change) }) });

const firstStepOnly = (fails: string): Sabotaged =>
  plans('nobody is woken later', fails, (plan) => ({ ...plan, steps: plan.steps.slice(0, 1) }));

const deafCentre = (fails: string): Sabotaged => ({
  name: 'the centre stays away',
  fails,
  world: (theatre) => {
    theatre.isUplinkBroken = true;
  },
});

export const sabotages: Readonly<Record<string, Sabotaged>> = {
  'arc-fault': deaf('arc-store', 'raised'),
  'broker-storm': deafCentre('reported'),
  'cable-burns': firstStepOnly('village'),
  'clock-1970': {
    name: 'nobody vouches for the time',
    fails: 'corrected',
    world: ({ clock }) => {
      clock.setTrust = () => undefined;
    },
  },
  'cooking-smoke': plans('the whole village is woken at once', 'siren-village is on', (plan) => ({
    ...plan,
    steps: plan.steps.map((step) => ({ ...step, start: [{ kind: 'at-once' }] })),
  })),
  drill: deaf('smoke-5', 'raised'),
  'forged-command': {
    name: 'the key of the stranger is known, and the one of the district is not',
    fails: 'no-such-key',
    config: (config) => ({
      ...config,
      commandKeys: config.commandKeys.map((key) => ({ ...key, id: 'stranger' })),
    }),
  },
  gas: noLimits('raised'),
  'hall-fire': deaf('smoke-1', 'raised'),
  'kitchen-fire': burnt('siren-street', 'street-heard'),
  'leakage-creeping': noLimits('raised'),
  lightning: {
    name: 'a contact closes in the surge',
    fails: 'alarm.raised point:call-door/contact',
    world: ({ village, clock }) => clock.after(16_000, () => village.setPoint(brandId('call-door/contact'), 'alarm')),
  },
  'line-cut': deaf('smoke-13', 'west-fire'),
  'line-cut-in-fire': {
    name: 'the relay falls off with its line',
    fails: 'siren-station is off',
    world: (theatre) => theatre.clock.after(8_000, () => burnContacts(theatre, 'siren-station')),
  },
  'panel-fire': {
    name: 'the panel is without power',
    fails: 'raised',
    world: ({ village }) => village.switchUnit(brandId('panel-hall'), false),
  },
  'power-cut': {
    name: 'the disk has forgotten everything',
    fails: 'alarm.raised point:smoke-store/smoke',
    world: (theatre) => {
      theatre.isDiskForgetful = true;
    },
  },
  'pump-no-pressure': noLimits('low'),
  'residual-current': noLimits('raised'),
  sprinkler: points('a water hammer counts', 'alarm.raised point:sprinkler-store/contact', (point) => ({
    ...point,
    onDelayMs: 0,
  })),
  'tank-draining': noLimits('low'),
  'unmanned-station': firstStepOnly('village'),
  'uplink-away': deafCentre('again-told'),
  'village-voice': {
    name: 'the other horn is broken too',
    fails: 'place',
    world: (theatre) => theatre.breakHorn(brandId('horn-hall'), true),
  },
};
