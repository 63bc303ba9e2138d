/**
 * A village as its sensors see it, from a seed: 100 devices with 258 points, and what the gateway tells of its own lines and box besides.
 *
 *   48 smoke detectors (smoke, fault) · 12 electrical fire monitors (residual current, three cables, two currents) · 6 meters (three
 *   phases, power, energy) · 5 hydrants and 3 tanks · 6 gas detectors (level, alarm) · 10 call points and contacts · 5 pumps, doors and
 *   valves · 2 climate sensors · 3 relay modules
 *
 * Mains swing by 3 % over the day with noise on top; appliances switch by chance, more by day; cables warm up and cool down with the
 * current; residual current follows the damp of the night; pumps run ten times a day; a unit falls silent now and then.
 */
import { brandId } from '../../config/ids.js';
/** Every point is read so often. */
export const readEveryMs = 5_000;
const dayMs = 86_400_000;
const silencesPerDay = 4;
const silenceMs = 120_000;
export class ModelVillage {
    random;
    #points = [];
    #devices = [];
    #silent = null;
    #frame = 0;
    /** @param size 1: 100 devices. */
    constructor(random, size = 1) {
        this.random = random;
        const some = (name, count, add) => {
            for (let at = 1; at <= count * size; at++) {
                const device = `${name}-${at}`;
                this.#devices.push(device);
                add(device);
                if (name !== 'contact')
                    this.#add(device, 'bus_quality', 'bus.quality', '%', this.#rare(100, 85, 0.5), 'diagnostic');
            }
        };
        some('smoke', 48, (device) => {
            this.#add(device, 'smoke', 'smoke.alarm', null, () => 'normal');
            this.#add(device, 'fault', 'fault', null, () => 'normal');
        });
        some('efire', 12, (device) => {
            const load = this.#load(8);
            this.#add(device, 'residual_current', 'residual_current', 'mA', this.#wave(35, 12, 2, 0));
            for (const key of ['temp_1', 'temp_2', 'temp_3'])
                this.#add(device, key, 'cable_temp', '°C', this.#warmed(load, 18));
            for (const key of ['current_a', 'current_b'])
                this.#add(device, key, 'measurement', 'A', load);
        });
        some('meter', 6, (device) => {
            const loads = [this.#load(12), this.#load(12), this.#load(12)];
            ['a', 'b', 'c'].forEach((phase, at) => {
                this.#add(device, `voltage_${phase}`, 'measurement', 'V', this.#wave(228, 4, 1.2, 1));
                this.#add(device, `current_${phase}`, 'measurement', 'A', loads[at] ?? loads[0]);
            });
            const power = (now) => loads.reduce((sum, load) => sum + 0.22 * Number(load(now)), 0);
            this.#add(device, 'power', 'measurement', 'kW', power);
            this.#add(device, 'energy', 'measurement', 'kWh', this.#counted(power));
        });
        some('hydrant', 5, (device) => this.#add(device, 'pressure', 'water.pressure', 'MPa', this.#wave(0.35, 0.03, 0.004, 3)));
        some('tank', 3, (device) => this.#add(device, 'level', 'water.level', 'm', this.#wave(2.1, 0.4, 0.01, 3)));
        some('gas', 6, (device) => {
            this.#add(device, 'level', 'gas.level', '%LEL', this.#rare(0, 3, 4));
            this.#add(device, 'alarm', 'gas.alarm', null, () => 'normal');
        });
        some('contact', 10, (device) => this.#add(device, 'contact', 'call_point.alarm', null, () => 'normal'));
        some('pump', 5, (device) => this.#add(device, 'running', 'pump.running', null, this.#switched('stopped', 'running', 10)));
        some('climate', 2, (device) => {
            this.#add(device, 'temperature', 'measurement', '°C', this.#wave(18, 6, 0.15, 1));
            this.#add(device, 'humidity', 'measurement', '%RH', this.#wave(65, 15, 1, 1));
        });
        some('relay', 3, (device) => this.#add(device, 'relay_1', 'relay.state', null, () => 'off'));
        for (const line of ['line-east', 'line-west', 'line-north', 'line-south']) {
            this.#add(line, 'load', 'line.load', '%', this.#wave(45, 3, 3, 1), 'diagnostic');
            this.#add(line, 'scan_age', 'line.scan_age', 'ms', this.#wave(900, 100, 150, 1), 'diagnostic');
        }
        this.#add('box', 'temperature', 'box.temperature', '°C', this.#wave(48, 5, 0.4, 1), 'box');
        this.#add('box', 'disk_free', 'box.disk_free', '%', () => 71.2, 'box');
        this.#add('box', 'memory', 'measurement', 'MB', this.#wave(88, 3, 2, 1), 'box');
        this.#add('box', 'loop_delay', 'box.loop_delay', 'ms', this.#wave(4, 1, 1.5, 1), 'box');
        this.#add('box', 'commit', 'box.commit', 'ms', this.#wave(30, 5, 15, 1), 'box');
    }
    get points() {
        return this.#points.map(({ config }) => config);
    }
    get devices() {
        return this.#devices.length;
    }
    /** What every point reads at that moment. */
    *readings(nowMono) {
        const { random } = this;
        if (this.#silent !== null && nowMono >= this.#silent.untilMs)
            this.#silent = null;
        if (this.#silent === null && random() < (silencesPerDay * readEveryMs) / dayMs) {
            const device = this.#devices[Math.floor(random() * this.#devices.length)] ?? '';
            this.#silent = { device, untilMs: nowMono + silenceMs };
        }
        for (const { config, signal, device } of this.#points) {
            const value = signal(nowMono);
            const stamp = { pointId: config.id, sampledMono: nowMono, frame: ++this.#frame, confirmed: true };
            const isSilent = device === this.#silent?.device;
            yield isSilent
                ? { ...stamp, quality: 'bad', value: null, reason: 'silent' }
                : { ...stamp, quality: 'good', value, reason: null };
        }
    }
    #add(device, key, role, unit, signal, kind = 'register') {
        const config = {
            id: brandId(`${device}/${key}`),
            name: { zh: key, en: key },
            ...{
                role,
                class: null,
                zone: null,
                place: null,
                severities: {},
                physicalUnit: unit,
                onDelayMs: 0,
                offDelayMs: 0,
            },
            // Only the kind is looked at here.
            source: { kind },
        };
        this.#points.push({ config, signal, device });
    }
    /** Over the day up and down, with noise that lasts for some minutes. */
    #wave(middle, swing, noise, places) {
        const phase = this.random() * dayMs;
        const keep = Math.exp(-readEveryMs / 300_000);
        let drift = 0;
        return (now) => {
            drift = keep * drift + Math.sqrt(1 - keep * keep) * noise * this.#normal();
            return rounded(middle + swing * Math.sin((2 * Math.PI * (now + phase)) / dayMs) + drift, places);
        };
    }
    /** Appliances of some households: each switches by chance, five times as often by day. */
    #load(most) {
        const loads = Array.from({ length: 4 }, () => ({ isOn: false, amps: (0.3 + this.random()) * (most / 4) }));
        // Cables and powers follow the same current.
        return oncePerMoment((now) => {
            const isDay = (now % dayMs) / dayMs > 0.25;
            const chance = ((isDay ? 1.2 : 0.25) * readEveryMs) / 3_600_000;
            for (const load of loads)
                if (this.random() < chance)
                    load.isOn = !load.isOn;
            const sum = loads.reduce((all, { isOn, amps }) => all + (isOn ? amps : 0), 0.6);
            return rounded(sum * (1 + 0.02 * this.#normal()), 2);
        });
    }
    /** A cable: follows its current within ten minutes. */
    #warmed(load, ambient) {
        const day = this.#wave(ambient, 5, 0.2, 1);
        let warmth = 0;
        return (now) => {
            warmth += (readEveryMs / 600_000) * (0.12 * Number(load(now)) ** 2 - warmth);
            return rounded(Number(day(now)) + warmth, 1);
        };
    }
    #counted(power) {
        let energy = Math.floor(this.random() * 20_000);
        return (now) => {
            energy += (Number(power(now)) * readEveryMs) / 3_600_000;
            return rounded(energy, 2);
        };
    }
    /** At rest but for some minutes, so many times a day. */
    #rare(rest, other, perDay) {
        let untilMs = 0;
        return (now) => {
            if (now >= untilMs && this.random() < (perDay * readEveryMs) / dayMs)
                untilMs = now + 600_000 * this.random();
            return now < untilMs ? other : rest;
        };
    }
    #switched(off, on, perDay) {
        let isOn = false;
        return () => {
            const chance = isOn ? readEveryMs / 900_000 : (perDay * readEveryMs) / dayMs;
            if (this.random() < chance)
                isOn = !isOn;
            return isOn ? on : off;
        };
    }
    #normal() {
        return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
    }
}
function oncePerMoment(signal) {
    let atMs = -1;
    let value = 0;
    return (now) => {
        if (now !== atMs)
            value = signal(now);
        atMs = now;
        return value;
    };
}
function rounded(value, places) {
    return Number(value.toFixed(places));
}
