/** Every place of a site file where a message is said on loudspeakers. */
import type { SiteDraft } from '../site-draft.js';
import type { SayYaml } from '../voice-schema.js';
import type { YamlPath } from '../yaml-document.js';

/** A message on some loudspeakers, with its place. */
export interface PlacedSay {
  readonly say: SayYaml;
  readonly path: YamlPath;
  /** `plan hall-fire`. */
  readonly where: string;
}

export function* saysOf({ plans, programme, drill, sirenTest }: SiteDraft): Generator<PlacedSay> {
  for (const { index, value } of plans) {
    const plan = ['plans', index];
    const where = `plan ${value.id}`;
    const lists: readonly (readonly [YamlPath, readonly SayYaml[]])[] = [
      [[...plan, 'say'], value.say ?? []],
      ...value.steps.map(({ say }, step) => [[...plan, 'steps', step, 'say'], say ?? []] as const),
      [[...plan, 'village_say'], value.village_say ?? []],
      [[...plan, 'neighbours_say'], value.neighbours_say ?? []],
    ];
    for (const [path, says] of lists) {
      for (const [at, say] of says.entries()) yield { say, path: [...path, at], where };
    }
    if (value.all_clear !== undefined) yield { say: value.all_clear, path: [...plan, 'all_clear'], where };
  }
  for (const { index, value } of programme) {
    yield { say: value, path: ['programme', index], where: `programme ${value.id}` };
  }
  const single: readonly (readonly [YamlPath, SayYaml | undefined])[] = [
    [['drill', 'begins'], drill?.begins],
    [['drill', 'ends'], drill?.ends],
    [['siren_test', 'begins'], sirenTest?.begins],
  ];
  for (const [path, say] of single) {
    if (say !== undefined) yield { say, path, where: path.join('.') };
  }
}
