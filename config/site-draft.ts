/**
 * What can be used of a site file that may have wrong parts: an entry with a wrong key does not hide what is wrong
 * with the others. Cross-checks run on a draft; only a whole one is resolved.
 */
import type { z } from 'zod';
import { configProblem } from './config-problems.js';
import {
  type CadencesYaml,
  cadencesSchema,
  type DrillYaml,
  drillSchema,
  type SirenTestYaml,
  sirenTestSchema,
  type WalkTestYaml,
  walkTestSchema,
} from './exercise-schema.js';
import { type HouseholdYaml, householdSchema, type PanelYaml, panelSchema } from './panel-schema.js';
import type { Problem } from './problem.js';
import { profileHint } from './profile-names.js';
import type { DeviceProfile } from './profile-schema.js';
import { keysAt } from './schema-keys.js';
import {
  type BoxYaml,
  boxSchema,
  type DeviceYaml,
  deviceSchema,
  type LineYaml,
  lineSchema,
  type PinDriver,
  pinDrivers,
  type SiteYaml,
  siteSchema,
  type ZoneYaml,
  zoneSchema,
} from './site-schema.js';
import { type OutputYaml, outputSchema, type PlanYaml, planSchema } from './sounding-schema.js';
import { type CommandKeyYaml, commandKeySchema, type UplinkYaml, uplinkSchema } from './uplinks/uplink-schema.js';
import {
  type MessageYaml,
  messageSchema,
  type ProgrammeYaml,
  programmeSchema,
  type QuietHoursYaml,
  quietHoursSchema,
  type SpeakerYaml,
  speakerSchema,
} from './voice-schema.js';
import type { YamlDocument } from './yaml-document.js';
import { type Helps, pathText, problemsOfIssues, valueAt } from './zod-problems.js';

/** A well-formed entry and its index in the file's list. */
export interface DraftEntry<T> {
  readonly index: number;
  readonly value: T;
}

/** Every id that a list names, also those of entries with problems: they must not look missing. */
export interface NamedIds {
  readonly lines: ReadonlySet<string>;
  readonly zones: ReadonlySet<string>;
  readonly devices: ReadonlySet<string>;
  readonly outputs: ReadonlySet<string>;
  readonly speakers: ReadonlySet<string>;
  readonly messages: ReadonlySet<string>;
}

export interface SiteDraft {
  readonly lines: readonly DraftEntry<LineYaml>[];
  readonly zones: readonly DraftEntry<ZoneYaml>[];
  readonly devices: readonly DraftEntry<DeviceYaml>[];
  readonly outputs: readonly DraftEntry<OutputYaml>[];
  readonly plans: readonly DraftEntry<PlanYaml>[];
  readonly speakers: readonly DraftEntry<SpeakerYaml>[];
  readonly messages: readonly DraftEntry<MessageYaml>[];
  readonly programme: readonly DraftEntry<ProgrammeYaml>[];
  readonly households: readonly DraftEntry<HouseholdYaml>[];
  readonly uplinks: readonly DraftEntry<UplinkYaml>[];
  readonly commandKeys: readonly DraftEntry<CommandKeyYaml>[];
  /** Each null when the file has no such key, or something is wrong with it. */
  readonly quietHours: QuietHoursYaml | null;
  readonly cadences: CadencesYaml | null;
  readonly drill: DrillYaml | null;
  readonly sirenTest: SirenTestYaml | null;
  readonly walkTest: WalkTestYaml | null;
  readonly panel: PanelYaml | null;
  /** Null when the file has no key box, or something is wrong with it. */
  readonly box: BoxYaml | null;
  /** Null when the file has no key gpio, or a word there that is none. */
  readonly gpioDriver: PinDriver | null;
  readonly hasGpio: boolean;
  readonly named: NamedIds;
  /** The complete file, when the schema has nothing against it. Only then can something be said to be absent. */
  readonly whole: SiteYaml | null;
}

/** `profiles` are only looked at for hints. */
export function draftOf(
  document: YamlDocument,
  profiles: ReadonlyMap<string, DeviceProfile>,
): { readonly draft: SiteDraft; readonly problems: Problem[] } {
  const { value } = document;
  const parsed = siteSchema.safeParse(value);
  const problems = [
    ...(parsed.success ? [] : problemsOfIssues(document, parsed.error.issues, helpsWith(value, profiles))),
    ...hiddenKeys(document),
  ];
  const hasGpio = valueAt(value, ['gpio']) !== undefined;
  const driver = valueAt(value, ['gpio', 'driver']);
  const draft: SiteDraft = {
    lines: entries(value, 'lines', lineSchema),
    zones: entries(value, 'zones', zoneSchema),
    devices: entries(value, 'devices', deviceSchema),
    outputs: entries(value, 'outputs', outputSchema),
    plans: entries(value, 'plans', planSchema),
    speakers: entries(value, 'speakers', speakerSchema),
    messages: entries(value, 'messages', messageSchema),
    programme: entries(value, 'programme', programmeSchema),
    households: entries(value, 'households', householdSchema),
    uplinks: entries(value, 'uplinks', uplinkSchema),
    commandKeys: entries(value, 'command_keys', commandKeySchema),
    quietHours: group(value, 'quiet_hours', quietHoursSchema),
    cadences: group(value, 'cadences', cadencesSchema),
    drill: group(value, 'drill', drillSchema),
    sirenTest: group(value, 'siren_test', sirenTestSchema),
    walkTest: group(value, 'walk_test', walkTestSchema),
    panel: group(value, 'panel', panelSchema),
    box: group(value, 'box', boxSchema),
    gpioDriver: hasGpio ? (pinDrivers.find((each) => each === (driver ?? 'auto')) ?? null) : null,
    hasGpio,
    named: {
      lines: ids(value, 'lines'),
      zones: ids(value, 'zones'),
      devices: ids(value, 'devices'),
      outputs: ids(value, 'outputs'),
      speakers: ids(value, 'speakers'),
      messages: ids(value, 'messages'),
    },
    whole: parsed.success ? parsed.data : null,
  };
  return { draft, problems };
}

function helpsWith(file: unknown, profiles: ReadonlyMap<string, DeviceProfile>): Helps {
  return {
    knownKeys: (path) => keysAt(siteSchema, path, file),
    isPrivate: ([top, , , , key]) => top === 'households' || (top === 'uplinks' && key === 'number'),
    hintAt: (key, got) => (key === 'profile' && typeof got === 'string' ? profileHint(got, profiles) : null),
  };
}

/** Zod passes over this one key where keys are free: it would be neither used nor refused. */
function hiddenKeys(document: YamlDocument): Problem[] {
  const hidden = '__proto__';
  const { value } = document;
  const free = list(value, 'devices').flatMap((_, index) =>
    ['options', 'limits', 'sampling'].map((group) => ['devices', index, group]),
  );
  return [...free, ['box', 'limits']].flatMap((group) => {
    const path = [...group, hidden];
    if (valueAt(value, path) === undefined) return [];
    return [configProblem('CONF-011', document.placeOfKey(path), pathText(path), null, hidden)];
  });
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = valueAt(value, [key]);
  return Array.isArray(found) ? found : [];
}

function entries<S extends z.ZodType>(value: unknown, key: string, schema: S): DraftEntry<z.output<S>>[] {
  return list(value, key).flatMap((item, index) => {
    const parsed = schema.safeParse(item);
    return parsed.success ? [{ index, value: parsed.data }] : [];
  });
}

function group<S extends z.ZodType>(value: unknown, key: string, schema: S): z.output<S> | null {
  const parsed = schema.safeParse(valueAt(value, [key]));
  return parsed.success ? parsed.data : null;
}

function ids(value: unknown, key: string): ReadonlySet<string> {
  const found = list(value, key).map((item) => valueAt(item, ['id']));
  return new Set(found.filter((id) => typeof id === 'string'));
}
