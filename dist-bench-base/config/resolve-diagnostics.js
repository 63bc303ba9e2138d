/** Points by which the gateway tells how well its own lines do. They are never an alarm by themselves. */
import { brandId } from './ids.js';
import { pointHead } from './resolve-point-head.js';
/** Key of the quality point that every unit gets; no profile may use it. */
export const qualityKey = 'bus_quality';
/** What stands before a line's id in the ids of its own points; no device may begin so. */
export const linePrefix = 'line-';
/** Quality of every unit in %, load in % and the oldest look at a fire point in ms of every Modbus line. */
export function diagnosticPoints(units, lines, points) {
    const lineOfUnit = new Map(units.map(({ id, line }) => [id, line]));
    const fireLines = new Set(points.map(({ class: own, source }) => own === 'fire' && source.kind === 'register' ? lineOfUnit.get(source.device) : undefined));
    return [
        ...units.map((unit) => ({
            ...diagnosticPoint(unit.id, qualityKey, 'bus.quality', '%', { unit: unit.id }, 'quality'),
            name: named(unit.name, { zh: '通信质量', en: 'line quality' }),
            zone: unit.zone,
            place: unit.place,
        })),
        ...lines
            .filter(({ protocol }) => protocol === 'modbus')
            .flatMap((line) => {
            const owner = `${linePrefix}${line.id}`;
            const load = {
                ...diagnosticPoint(owner, 'load', 'line.load', '%', { line: line.id }, 'load'),
                name: named(line.name, { zh: '负荷', en: 'load' }),
            };
            // Without a fire point on the line there is no age to tell.
            if (!fireLines.has(line.id))
                return [load];
            const age = {
                ...diagnosticPoint(owner, 'scan_age', 'line.scan_age', 'ms', { line: line.id }, 'scan-age'),
                name: named(line.name, { zh: '火警点扫描时延', en: 'age of the oldest look at a fire point' }),
            };
            return [load, age];
        }),
    ];
}
function diagnosticPoint(owner, key, role, physicalUnit, of, what) {
    return {
        ...pointHead({ id: brandId(owner) }, key, role),
        source: { kind: 'diagnostic', of, what },
        severities: {},
        physicalUnit,
        onDelayMs: 0,
        offDelayMs: 0,
    };
}
function named(of, what) {
    return { zh: `${of.zh} ${what.zh}`, en: `${of.en} ${what.en}` };
}
