/** Topics of a district, as its receiver reads them. */
import { idPattern } from '../../config/ids.js';
const topicMaxChars = 200;
/** Null: none of what a receiver takes. */
export function readTopic(topic) {
    if (topic.length > topicMaxChars)
        return null;
    const [root, version, district, site, of, last, ...more] = topic.split('/');
    if (root !== 'gengfu' || version !== 'v1' || more.length > 0)
        return null;
    if (district === undefined || site === undefined || !idPattern.test(district) || !idPattern.test(site))
        return null;
    if (of === 'status' && last === undefined)
        return { district, site, of };
    if (of === 'telemetry' && last === undefined)
        return { district, site, of };
    return of === 'report' && last !== undefined ? { district, site, of, class: last } : null;
}
/** What to subscribe to. Receipts and commands of the district itself are left out. */
export function subscriptionsOf(districts, sites) {
    const roots = districts.flatMap((district) => (sites ?? ['+']).map((site) => `gengfu/v1/${district}/${site}`));
    return roots.flatMap((root) => [`${root}/status`, `${root}/report/+`, `${root}/telemetry`]);
}
export function receiptTopic({ district, site }) {
    return `gengfu/v1/${district}/${site}/receipt`;
}
