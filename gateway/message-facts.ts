/** What a message can be filled in with: about an alarm, or about nothing in particular. */
import type { MessageId, SpeakerId } from '../config/ids.js';
import type { MessageConfig, Say, SiteConfig } from '../config/site.js';
import { classWords, type Words } from '../config/vocabulary.js';
import { type Clock, localMinuteOf } from '../drivers/clock.js';
import type { Facets } from './alarm/facets.js';
import type { ExerciseFacts } from './exercise/outlets.js';
import type { Saying } from './voice/announcement.js';
import { type Facts, renderSaying } from './voice/render.js';

const hourMin = 60;

export class Messages {
  readonly #byId: ReadonlyMap<MessageId, MessageConfig>;

  constructor(
    private readonly config: Pick<SiteConfig, 'site' | 'zones' | 'points' | 'messages'>,
    private readonly clock: Clock,
  ) {
    this.#byId = new Map(config.messages.map((message) => [message.id, message]));
  }

  /** Of an alarm. A point that has left the config is told by its name alone. */
  ofAlarm(id: MessageId, { subject, zone, name, class: alarmClass }: Facets): Saying {
    const message = this.#message(id);
    const point = this.config.points.find((each) => `point:${each.id}` === subject);
    const say = (words: Words | null | undefined): string | null => words?.[langOf(message)] ?? null;
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
  filled(message: MessageConfig, { zone, minutes }: ExerciseFacts): Saying {
    return this.#render(message, { zone: zone?.[langOf(message)] ?? null, minutes: minutes ?? null });
  }

  /** The same on each of its loudspeakers. */
  onSpeakers({ message, speakers }: Say, ended: Facets | null): ReadonlyMap<SpeakerId, readonly Saying[]> {
    const saying = ended === null ? this.filled(this.#message(message), {}) : this.ofAlarm(message, ended);
    return new Map(speakers.map((speaker) => [speaker, [saying]]));
  }

  #render(message: MessageConfig, facts: Facts): Saying {
    const minute = localMinuteOf(this.clock.wall());
    const [hours, minutes] = [Math.floor(minute / hourMin), minute % hourMin];
    const time = this.clock.trust() === 'untrusted' ? null : `${hours}:${String(minutes).padStart(2, '0')}`;
    return renderSaying(message, { site: this.config.site.name[langOf(message)], time, ...facts });
  }

  #message(id: MessageId): MessageConfig {
    const message = this.#byId.get(id);
    if (message === undefined) throw new Error(`message ${id} was checked`);
    return message;
  }
}

/** The language that a text is written in decides in which its places are filled. */
function langOf({ text }: MessageConfig): 'zh' | 'en' {
  return text === null || /\p{Script=Han}/u.test(text) ? 'zh' : 'en';
}
