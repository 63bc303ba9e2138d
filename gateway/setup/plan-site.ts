/** What was found and what a person knows → the whole site, decided; or every problem of what was given. Pure. */

import type { Problem } from '../../config/problem.js';
import type { ModbusProfile } from '../../config/profile-schema.js';
import type { Survey, SurveyUnit } from '../survey/survey.js';
import type { Answers } from './answers-schema.js';
import { nearProblems } from './households-table.js';
import { idFrom } from './line-names.js';
import { matchUnits } from './match-units.js';
import { type PlannedUnit, planDevices } from './plan-devices.js';
import { type NamedLine, nameLines, planLine } from './plan-lines.js';
import { planOutputs } from './plan-outputs.js';
import { planResponse, unassignedZone } from './plan-response.js';
import type { PlannedSite, PlannedZone } from './planned-site.js';
import { presets } from './presets.js';
import { answersPlace, type SetupFacts } from './setup-facts.js';
import { setupProblem } from './setup-problems.js';
import { zoneList } from './zone-by-name.js';

export const usualDataDir = '/var/lib/gengfu';
export const usualKind = 'mountain-village';
export const usualDistrict = 'district';
const usualSiteId = 'village-1';

export type SetupOutcome =
  | { readonly ok: true; readonly site: PlannedSite }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function planSite(facts: SetupFacts): SetupOutcome {
  const { answers, survey, profiles } = facts;
  const preset = presets[answers.kind ?? usualKind];
  const given = zonesOf(answers);
  const lines = nameLines(survey.lines, answers.lines ?? []);
  const problems: Problem[] = [...zoneProblems(facts, given)];
  const rules = {
    ...{ preset, profiles, models: answers.models ?? [], unassigned: unassignedZone.id },
    onlyZone: given.length === 1 ? (given[0]?.id ?? null) : null,
  };
  const units = planDevices(matchUnits(facts, rules, lines, problems), rules);
  const devices = units.flatMap(({ device }) => device ?? []);
  const leftOut = units.flatMap((unit) => unit.leftOut ?? []);
  problems.push(
    ...nearProblems(
      facts.households,
      new Set([...devices, ...leftOut.flatMap(({ device }) => device ?? [])].map(({ id }) => id)),
    ),
  );
  problems.push(...unknownModels(facts));
  const isUnassigned = devices.some(({ zone }) => zone === unassignedZone.id);
  const zones = isUnassigned ? [...given, unassignedZone] : given;
  const { outputs, problems: wrongOutputs } = planOutputs(answers.sounders ?? null, given, devices, profiles, (path) =>
    answersPlace(facts, path),
  );
  problems.push(...wrongOutputs);
  if (devices.length === 0) {
    const named = leftOut.map(({ line, address, why }) => [`${line}:${address}`, why] as const);
    const got = {
      zh: named.map(([at, { zh }]) => `${at} ${zh}`).join('；'),
      en: named.map(([at, { en }]) => `${at} ${en}`).join('; '),
    };
    problems.push(setupProblem('SETUP-020', null, 'devices', null, leftOut.length === 0 ? null : got));
  }
  if (outputs.length === 0 && wrongOutputs.length === 0 && devices.some(({ tellsFire }) => tellsFire)) {
    problems.push(setupProblem('SETUP-019', null, 'sounders'));
  }
  if (problems.length > 0) return { ok: false, problems };
  const { uplink, panel, site } = answers;
  return {
    ok: true,
    site: {
      preset,
      site: {
        id: site?.id ?? siteIdFor(site?.name),
        district: site?.district ?? usualDistrict,
        name: site?.name ?? preset.siteName,
        code: site?.code ?? null,
      },
      dataDir: answers.data_dir ?? usualDataDir,
      dailyReportAt: answers.daily_report_at ?? preset.dailyReportAt,
      lines: lines
        .filter(
          (line) => devices.some((device) => device.line === line.id) || leftOut.some((unit) => unit.line === line.id),
        )
        .map((line) => planLine(line, ...takenOn(line, units))),
      silentLines: survey.lines.filter((line) => line.units.length === 0),
      zones,
      devices,
      leftOut,
      outputs,
      plans: planResponse(preset.planStyle, zones, outputs),
      panel: panel === 'none' ? null : (panel ?? { listen: '127.0.0.1', port: 8080 }),
      households: facts.households.map(({ household }) => household),
      uplink:
        uplink === undefined || uplink === 'none'
          ? null
          : {
              url: uplink.url,
              username: uplink.username ?? null,
              passwordFile: uplink.password_file ?? (uplink.username === undefined ? null : usualPasswordFile),
              caFile: uplink.ca_file ?? null,
            },
      isWhole: survey.isWhole,
    },
  };
}

export const usualPasswordFile = '/etc/gengfu/district.password';

/** From the English name, for an id has no other letters. */
export function siteIdFor(name: NonNullable<Answers['site']>['name']): string {
  const text = name === undefined ? '' : typeof name === 'string' ? name : name.en;
  return idFrom(text) ?? usualSiteId;
}

/** The whole village, where nobody has named parts of it. */
export function zonesOf({ zones, kind }: Answers): readonly PlannedZone[] {
  if (zones !== undefined) return zones.map(({ id, name }) => ({ id, name: name ?? null }));
  const { zoneName } = presets[kind ?? usualKind];
  return [{ id: idFrom(zoneName.en) ?? 'village', name: zoneName }];
}

function zoneProblems(facts: SetupFacts, zones: readonly PlannedZone[]): readonly Problem[] {
  const { lines = [], units = [] } = facts.answers;
  const known = zones.map(({ id, name }) => ({ id, name: name ?? undefined }));
  const check = (list: string, entries: readonly { readonly zone?: string | undefined }[]): readonly Problem[] =>
    entries.flatMap(({ zone }, index) => {
      if (zone === undefined || zones.some(({ id }) => id === zone)) return [];
      return [
        setupProblem(
          'SETUP-015',
          answersPlace(facts, [list, index, 'zone']),
          `${list}[${index}].zone`,
          zoneList(known),
          zone,
        ),
      ];
    });
  const lost = lines.flatMap(({ at }, index) => {
    if (facts.survey.lines.some((line) => lineTexts(line).includes(at))) return [];
    const expected = facts.survey.lines.map((line) => lineTexts(line)[0] ?? '').join(', ');
    return [setupProblem('SETUP-013', answersPlace(facts, ['lines', index, 'at']), `lines[${index}].at`, expected, at)];
  });
  return [...lost, ...check('lines', lines), ...check('units', units)];
}

function lineTexts({ at }: Survey['lines'][number]): readonly string[] {
  return [at.kind === 'serial' ? at.path : `${at.host}:${at.port}`];
}

function unknownModels(facts: SetupFacts): readonly Problem[] {
  return (facts.answers.models ?? []).flatMap((model, index) => {
    if (facts.profiles.has(model)) return [];
    return [setupProblem('SETUP-021', answersPlace(facts, ['models', index]), `models[${index}]`, null, model)];
  });
}

function takenOn(
  line: NamedLine,
  units: readonly PlannedUnit[],
): readonly [readonly ModbusProfile[], readonly SurveyUnit[]] {
  // Also of those that are left out for now: once they are taken, the line waits long enough.
  const here = units.filter(({ found }) => found.line === line);
  return [here.flatMap(({ profile }) => profile ?? []), here.map(({ found }) => found.unit)];
}
