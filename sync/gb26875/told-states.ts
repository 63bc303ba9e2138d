/** States that are told because somebody asked, or because they have changed since they were told: each as it is when it goes. */
import { gbBits } from '../../config/uplinks/gb-roles.js';
import type { GbAdu, GbComponent, GbSystem, GbTime } from './frame-types.js';
import type { GbComponentNow, GbSite } from './reads.js';
import type { GbTold } from './telling.js';

/** All states of the site, as `initialise` (type 89) has them told anew: one data unit for each object. */
export function allStates(site: GbSite, time: () => GbTime | null): readonly GbTold[] {
  // A frame holds many of them and is made in one turn, which makes one snapshot for it.
  const rows = inOneTurn(() => site.components());
  const systems = inOneTurn(() => site.systems());
  const ofSystem = (at: number): readonly GbAdu[] =>
    systems()
      .slice(at, at + 1)
      .map((each) => systemUnit(each, time));
  const ofComponent = (at: number): readonly GbAdu[] =>
    rows()
      .slice(at, at + 1)
      .flatMap((each) => componentUnits(each, time));
  return [
    () => [deviceUnit(site, time)],
    ...systems().map((_, at) => () => ofSystem(at)),
    ...rows().map((_, at) => () => ofComponent(at)),
  ];
}

/** What is so beside normal operation, each as it is when it goes. After a start: an earlier one may have told its end, and lost it with its disk. */
export function standingStates(site: GbSite, time: () => GbTime | null): readonly GbTold[] {
  const standing = inOneTurn(() =>
    site.components().map((each) => (((each.state ?? 0) & ~gbBits.normal) === 0 ? [] : componentUnits(each, time))),
  );
  return site.components().map((_, at) => () => standing()[at] ?? []);
}

/** Of the state that a data unit told: as it is when it goes; null: the site has nothing of that name, or does not know yet how it stands. */
export function statesNow(site: GbSite, time: () => GbTime | null): (told: GbAdu) => GbTold | null {
  // Confirmed together, told together: one snapshot for all of a turn.
  const units = inOneTurn(() => {
    const systems = site.systems().map((each) => systemUnit(each, time));
    const components = site.components().flatMap((each) => componentUnits(each, time));
    return new Map([deviceUnit(site, time), ...systems, ...components].map((unit) => [stateKey(unit), unit]));
  });
  return (told) => {
    const key = stateKey(told);
    if (key === null || !site.isKnown()) return null;
    const find = (): readonly GbAdu[] => [units().get(key)].filter((unit) => unit !== undefined);
    return find().length === 0 ? null : find;
  };
}

/** Whose state a data unit tells first; null: it tells none. */
export function stateKey(adu: GbAdu): string | null {
  if (adu.type === 21) return '21';
  if (adu.type !== 1 && adu.type !== 2) return null;
  const [first] = adu.objects;
  if (first === undefined) return null;
  const { system, systemAddress } = first;
  const of = 'address' in first ? `${first.component}/${first.address.join('.')}` : '';
  return `${adu.type}/${system}/${systemAddress}/${of}`;
}

function deviceUnit(site: GbSite, time: () => GbTime | null): GbAdu {
  return { type: 21, objects: [{ state: site.device().state, time: time() }] };
}

function systemUnit({ system, systemAddress, state }: GbSystem & { state: number }, time: () => GbTime | null): GbAdu {
  return { type: 1, objects: [{ system, systemAddress, state, time: time() }] };
}

function componentUnits(now: GbComponentNow, time: () => GbTime | null): readonly GbAdu[] {
  const { state, text, time: since, ...each } = now;
  if (state === null) return [];
  return [{ type: 2, objects: [{ ...componentOf(each), state, text, time: since ?? time() }] }];
}

function componentOf({ system, systemAddress, component, address }: GbComponent): GbComponent {
  return { system, systemAddress, component, address };
}

/** Made at most once in a turn of the event loop. */
function inOneTurn<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    if (made === null) {
      made = { value: make() };
      queueMicrotask(() => {
        made = null;
      });
    }
    return made.value;
  };
}
