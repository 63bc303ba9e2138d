/** Of so many messages below fire one is telemetry, however long the journal's backlog is. */
const telemetryEvery = 8;
/** Whose turn it is below fire: the journal goes first, and telemetry has a share of one in eight. */
export class Turns {
    #sinceTelemetry = 0;
    next(hasJournal, hasTelemetry) {
        if (hasTelemetry && (!hasJournal || this.#sinceTelemetry >= telemetryEvery - 1))
            return 'telemetry';
        return hasJournal ? 'journal' : null;
    }
    took(lane) {
        this.#sinceTelemetry = lane === 'telemetry' ? 0 : this.#sinceTelemetry + 1;
    }
}
