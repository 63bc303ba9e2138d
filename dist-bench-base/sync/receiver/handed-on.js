/** What a receiver hands on. */
import { toRfc3339 } from '../mqtt/rfc3339.js';
export function handedOn(row, receiver) {
    const { number, district, site, epoch, id } = row;
    const head = { number, receiver, district, site, epoch, id };
    const correctedTime = row.correctedWall === null ? null : toRfc3339(Math.max(0, row.correctedWall));
    switch (row.what) {
        case 'event':
            return { ...head, what: 'event', event: JSON.parse(row.body), correctedTime };
        case 'durable':
            return { ...head, what: 'durable', sequence: row.place?.sequence ?? 0 };
        case 'time':
            return { ...head, what: 'time', correctedTime: correctedTime ?? '' };
        case 'telemetry':
            return { ...head, what: 'telemetry', pack: JSON.parse(row.body) };
    }
}
