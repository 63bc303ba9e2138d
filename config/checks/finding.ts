import type { ConfigProblemCode } from '../config-problems.js';
import { didYouMean } from '../did-you-mean.js';
import type { Told } from '../problem.js';
import type { DeviceProfile } from '../profile-schema.js';
import type { SiteDraft } from '../site-draft.js';
import type { Words } from '../vocabulary.js';
import type { YamlPath } from '../yaml-document.js';

/** One thing that two or more keys say wrongly together. */
export interface Finding {
  readonly code: ConfigProblemCode;
  /** The key to point at. */
  readonly path: YamlPath;
  /** `device smoke-3`. */
  readonly where: string;
  readonly expected: Told | null;
  readonly got: Told | null;
  readonly hint?: Words;
}

/** What a check may look at. */
export interface CheckedSite {
  readonly draft: SiteDraft;
  readonly profiles: ReadonlyMap<string, DeviceProfile>;
  /** Ids of files of the library that have problems of their own. */
  readonly faultyProfiles: ReadonlySet<string>;
  readonly knownUplinks: readonly string[];
  readonly knownPinDrivers: readonly string[];
  readonly knownCodecs: readonly string[];
  readonly todayWall?: number;
}

export type Check = (site: CheckedSite) => Iterable<Finding>;

/** A reference to something that is not there, with the nearest name as a hint. */
export function missing(
  code: ConfigProblemCode,
  path: YamlPath,
  where: string,
  written: string,
  known: Iterable<string>,
): Finding {
  const meant = didYouMean(written, known);
  const finding = { code, path, where, expected: null, got: written };
  return meant === null ? finding : { ...finding, hint: { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` } };
}

/** A channel that the module does not have. */
export function noSuchChannel(
  path: YamlPath,
  where: string,
  module: string,
  channels: number,
  written: number,
): Finding {
  const expected: Words = { zh: `${module} 有 1 到 ${channels}`, en: `1 to ${channels} on ${module}` };
  return { code: 'CONF-026', path, where, expected, got: String(written) };
}

/** One use of something that may be used once only. */
export interface Use {
  /** What is used, e.g. `io-1 input 3`. */
  readonly thing: string;
  readonly path: YamlPath;
  /** Who uses it, e.g. `device call-1`. */
  readonly user: string;
}

/** Every use after the first one is a finding that names the first user. */
export function* usedTwice(code: ConfigProblemCode, uses: Iterable<Use>): Generator<Finding> {
  const firstUser = new Map<string, string>();
  for (const { thing, path, user } of uses) {
    const first = firstUser.get(thing);
    if (first === undefined) firstUser.set(thing, user);
    else {
      const got = { zh: `${thing}，已由 ${first} 使用`, en: `${thing}, already used by ${first}` };
      yield { code, path, where: user, expected: null, got };
    }
  }
}
