import { classWords } from '../config/vocabulary.js';
import { localMinuteOf } from '../drivers/clock.js';
import { renderSaying } from './voice/render.js';
const hourMin = 60;
export class Messages {
    config;
    clock;
    #byId;
    constructor(config, clock) {
        this.config = config;
        this.clock = clock;
        this.#byId = new Map(config.messages.map((message) => [message.id, message]));
    }
    /** Of an alarm. A point that has left the config is told by its name alone. */
    ofAlarm(id, { subject, zone, name, class: alarmClass }) {
        const message = this.#message(id);
        const point = this.config.points.find((each) => `point:${each.id}` === subject);
        const say = (words) => words?.[langOf(message)] ?? null;
        const zoneName = this.config.zones.find((each) => each.id === zone)?.name;
        return this.#render(message, {
            // Where nobody has written down a place, the zone or the name of the detector says most.
            place: say(point?.place) ?? say(zoneName) ?? say(name),
            zone: say(zoneName),
            name: say(point?.name ?? name),
            class: say(classWords[alarmClass]),
        });
    }
    /** Of an exercise, or an order. */
    filled(message, { zone, minutes }) {
        return this.#render(message, { zone: zone?.[langOf(message)] ?? null, minutes: minutes ?? null });
    }
    /** The same on each of its loudspeakers. */
    onSpeakers({ message, speakers }, ended) {
        const saying = ended === null ? this.filled(this.#message(message), {}) : this.ofAlarm(message, ended);
        return new Map(speakers.map((speaker) => [speaker, [saying]]));
    }
    #render(message, facts) {
        const minute = localMinuteOf(this.clock.wall());
        const [hours, minutes] = [Math.floor(minute / hourMin), minute % hourMin];
        const time = this.clock.trust() === 'untrusted' ? null : `${hours}:${String(minutes).padStart(2, '0')}`;
        return renderSaying(message, { site: this.config.site.name[langOf(message)], time, ...facts });
    }
    #message(id) {
        const message = this.#byId.get(id);
        if (message === undefined)
            throw new Error(`message ${id} was checked`);
        return message;
    }
}
/** The language that a text is written in decides in which its places are filled. */
function langOf({ text }) {
    return text === null || /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}
