/** What only shows in the whole point table of a centre: a component in two places at once, and a point that its device does not have. */
import { configProblem } from './config-problems.js';
import { didYouMean } from './did-you-mean.js';
import type { Problem } from './problem.js';
import type { SiteConfig } from './site.js';
import { deviceOf, pointTable } from './uplinks/gb-point-table.js';
import type { YamlDocument } from './yaml-document.js';

export function gbTableProblems(config: SiteConfig, document: YamlDocument): readonly Problem[] {
  const ids = new Set<string>(config.points.map(({ id }) => id));
  return config.uplinks.flatMap((uplink, index) => {
    if (uplink.kind !== 'gb26875') return [];
    const said = [...uplink.places.keys()];
    const placeOf = (id: string) => {
      const row = [id, deviceOf(id)].map((each) => said.indexOf(each)).find((each) => each >= 0);
      return document.placeOf(['uplinks', index, ...(row === undefined ? [] : ['points', row])]);
    };
    const where = `uplink ${uplink.id} points`;
    const strangers = said
      .filter((id) => id.includes('/') && !ids.has(id))
      .map((id) => {
        const meant = didYouMean(id, ids);
        const hint = meant === null ? undefined : { zh: `是不是 ${meant}？`, en: `did you mean ${meant}?` };
        return configProblem('CONF-103', placeOf(id), where, null, id, hint);
      });
    const first = new Map<string, string>();
    const twice = pointTable(config, uplink).rows.flatMap(({ id, system, systemAddress, address }) => {
      const key = `${system}/${systemAddress} ${address.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
      const other = first.get(key);
      first.set(key, other ?? id);
      if (other === undefined) return [];
      // The one that the file places is the one to correct.
      const named = [id, other].find((each) => said.includes(each) || said.includes(deviceOf(each))) ?? id;
      const got = { zh: `${key}：${other} 和 ${id}`, en: `${key}: ${other} and ${id}` };
      return [configProblem('CONF-099', placeOf(named), where, null, got)];
    });
    return [...strangers, ...twice];
  });
}
