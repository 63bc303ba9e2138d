import type { DeviceProfile } from '../profile-schema.js';
import type { DraftEntry } from '../site-draft.js';
import type { PlanYaml, SiteYaml } from '../site-schema.js';
import { classOfRole } from '../vocabulary.js';
import { type Check, type CheckedSite, type Finding, missing } from './finding.js';

/** Each plan names what exists, a plan for fire sounds a siren, and no fire point is left without such a plan. */
export const checkPlans: Check = function* (site) {
  for (const entry of site.draft.plans) {
    yield* references(site, entry);
    if (entry.value.when.class === 'fire' && !soundsSiren(site, entry.value)) {
      const where = `plan ${entry.value.id}`;
      const got = entry.value.sound.join(', ');
      yield { code: 'CONF-051', path: ['plans', entry.index, 'sound'], where, expected: 'a siren', got };
    }
  }
  if (site.draft.whole !== null) yield* uncovered(site.draft.whole, site.profiles);
};

function* references({ draft }: CheckedSite, { index, value }: DraftEntry<PlanYaml>): Generator<Finding> {
  const where = `plan ${value.id}`;
  const zones = value.when.zones === 'all' ? [] : value.when.zones;
  for (const [at, zone] of zones.entries()) {
    if (!draft.named.zones.has(zone)) {
      yield missing('CONF-023', ['plans', index, 'when', 'zones', at], where, zone, draft.named.zones);
    }
  }
  for (const [at, output] of value.sound.entries()) {
    if (!draft.named.outputs.has(output)) {
      yield missing('CONF-050', ['plans', index, 'sound', at], where, output, draft.named.outputs);
    }
  }
}

/** An output that is not well-formed or not there has its own problem; it counts as a siren here. */
function soundsSiren({ draft }: CheckedSite, plan: PlanYaml): boolean {
  return plan.sound.some((id) => {
    const output = draft.outputs.find(({ value }) => value.id === id);
    return output === undefined || output.value.kind === 'siren';
  });
}

function* uncovered(site: SiteYaml, profiles: CheckedSite['profiles']): Generator<Finding> {
  const firePlans = site.plans.filter(({ when }) => when.class === 'fire');
  const coversAll = firePlans.some(({ when }) => when.zones === 'all');
  const covered = new Set(firePlans.flatMap(({ when }) => (when.zones === 'all' ? [] : when.zones)));
  if (coversAll) return;
  const told = new Set<string>();
  for (const [index, device] of site.devices.entries()) {
    const profile = profiles.get(device.profile);
    if (profile === undefined || !hasFirePoint(profile)) continue;
    const { zone } = device;
    if (zone !== undefined && (covered.has(zone) || told.has(zone))) continue;
    // One problem per zone is enough; a device without a zone has its own.
    if (zone !== undefined) told.add(zone);
    const where = zone === undefined ? `device ${device.id}` : `zone ${zone}`;
    const path = ['devices', index, ...(zone === undefined ? [] : ['zone'])];
    yield { code: 'CONF-052', path, where, expected: 'a plan with class: fire', got: `device ${device.id}` };
  }
}

function hasFirePoint(profile: DeviceProfile): boolean {
  const roles = 'contact' in profile ? [profile.contact.role] : profile.points.map(({ role }) => role);
  return roles.some((role) => classOfRole[role] === 'fire');
}
