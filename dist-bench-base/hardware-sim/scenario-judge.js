export class ScenarioJudge {
    scenario;
    #stepMono = new Map();
    #met = new Map();
    /** What must never be seen and was. */
    broken = [];
    constructor(scenario) {
        this.scenario = scenario;
    }
    stepDone(stepId, mono) {
        this.#stepMono.set(stepId, mono);
    }
    see(observation, mono) {
        if (observation.kind === 'entry') {
            for (const pattern of this.scenario.never) {
                if (fits(pattern, observation.entry))
                    this.broken.push(`${observation.entry.kind} ${observation.entry.subject}`);
            }
        }
        for (const wanted of this.scenario.expect) {
            if (wanted.heard !== undefined || this.#met.has(wanted.id) || !this.#stepMono.has(wanted.after))
                continue;
            if (observation.kind === 'entry' && wanted.carried === undefined && fits(wanted, observation.entry)) {
                this.#met.set(wanted.id, { mono, entryId: observation.entry.id });
            }
            else if (observation.kind === 'report.carried' && wanted.carried !== undefined) {
                const reported = this.#met.get(wanted.carried);
                if (reported?.entryId === observation.entryId)
                    this.#met.set(wanted.id, { mono, entryId: reported.entryId });
            }
        }
    }
    hear({ speaker, what, isLoud }, mono) {
        if (!isLoud)
            return;
        for (const wanted of this.scenario.expect) {
            if (wanted.heard === undefined || this.#met.has(wanted.id) || !this.#stepMono.has(wanted.after))
                continue;
            const fits = what.includes(wanted.heard) && (wanted.horn === undefined || wanted.horn === speaker);
            if (fits)
                this.#met.set(wanted.id, { mono, entryId: null });
        }
    }
    get verdicts() {
        return this.scenario.expect.map((wanted) => {
            const began = this.#stepMono.get(wanted.after);
            const met = this.#met.get(wanted.id);
            const tookMs = began === undefined || met === undefined ? null : met.mono - began;
            return { id: wanted.id, held: tookMs !== null && tookMs <= wanted.within_ms, tookMs, withinMs: wanted.within_ms };
        });
    }
    get held() {
        return this.broken.length === 0 && this.verdicts.every(({ held }) => held);
    }
}
function fits(pattern, entry) {
    if (pattern.entry !== undefined && pattern.entry !== entry.kind)
        return false;
    if (pattern.subject !== undefined && pattern.subject !== entry.subject)
        return false;
    return Object.entries(pattern.detail ?? {}).every(([key, value]) => entry.detail[key] === value);
}
