import { brandId } from '../../config/ids.js';
import { alarmClasses, type Words } from '../../config/vocabulary.js';
import type { Entry, JsonValue } from '../../sync/journal/entry.js';
import { wordsFor } from '../alarm/alarm-words.js';
import type { Facets } from '../alarm/facets.js';
import type { Runtime } from '../runtime.js';
import type { ConfigRequest } from '../staging/config-request.js';
import { isWireRequest } from '../wire/wire-request.js';
import { answerOrder, isExerciseRequest, nothingGoesOn } from './answer-order.js';
import type { CommandAnswer } from './command.js';
import type { CommissioningRequest } from './commissioning-request.js';
import type { ControlReply, ControlRequest, ControlStatus } from './control-socket.js';
import type { ExerciseOrders, OrdersStatus } from './exercise-order.js';
import { toldAnswer } from './told-answer.js';

/** What the control socket answers: the alarms as they stand, or a desk's word on an order. `orders`: null where nothing sounds or speaks
 * by somebody's will. */
export function answerControl(
  runtime: Runtime,
  request: Exclude<ControlRequest, ConfigRequest | CommissioningRequest>,
  orders: ExerciseOrders | null = null,
): ControlReply | Promise<ControlReply> {
  if (request.ask === 'status') return { ...statusOf(runtime), ...(orders?.status ?? nothingGoesOn) };
  if (request.ask === 'doctor') return runtime.doctor.facts;
  // Only the owner of the data folder can open the socket: whoever could as well change the site file.
  if (isWireRequest(request)) return runtime.wire.answer(request, 3);
  const origin = `cli:${request.user}`;
  if (request.ask === 'duty-answer') return { answered: runtime.district.answerDuty(origin) };
  if (isExerciseRequest(request)) return answerOrder(orders, request);
  const before = runtime.alarms;
  const told = (answer: CommandAnswer) => toldAnswer(answer, before, runtime.alarms, runtime.points.all);
  if ('subjects' in request) {
    const { ask: to, subjects, forMs } = request;
    // Only the owner of the data folder can open the socket: whoever could as well change the site file.
    return told(runtime.serve({ to, subjects, forMs, origin, level: 3 }));
  }
  const { ask, boot, order } = request;
  // The same person, as duty staff on the box.
  return told(runtime.command({ kind: ask, upTo: { boot: brandId(boot), order }, origin, level: 2 }));
}

function statusOf(runtime: Runtime): Omit<ControlStatus, keyof OrdersStatus> {
  const standing = [...runtime.alarms.subjects.values()].filter(({ alarm }) => alarm !== null).sort(byWorth);
  return {
    requests: runtime.district.requests,
    checks: runtime.district.checks,
    paths: runtime.centres.paths,
    boot: runtime.journal.boot,
    order: runtime.alarms.lastOrder,
    alarms: standing.map((facets) => {
      const { class: alarmClass, subject, name, condition, acknowledged, sounder, alarm } = facets;
      return {
        class: alarmClass,
        subject,
        ...name,
        active: condition !== 'normal',
        acknowledged: acknowledged !== null,
        isLost: facets.isLost,
        sounder,
        sinceWall: alarm?.raisedWall ?? 0,
        told: alarm === null ? [] : runtime.centres.ways.of(alarm.id),
        ...explained(facets, runtime.lastRaised.detailOf(subject)),
      };
    }),
    services: [...runtime.alarms.subjects.values()].flatMap(({ subject, name, service }) =>
      service === null ? [] : [{ subject, ...name, is: service.is, by: service.by, untilWall: service.untilWall }],
    ),
  };
}

/** Whoever looks in the night reads the first line: the fire, and where it began. */
function byWorth(one: Facets, other: Facets): number {
  const classes = alarmClasses.indexOf(one.class) - alarmClasses.indexOf(other.class);
  return classes === 0 ? (one.alarm?.raisedWall ?? 0) - (other.alarm?.raisedWall ?? 0) : classes;
}

/** The sentence of the raising, with cause and next step apart from it. */
export function explained(facets: Facets, raised: Entry['detail'] | null) {
  if (raised === null) return { words: null, cause: null, next: null };
  const { cause_zh, cause_en, next_zh, next_en, ...detail } = raised;
  const both = (zh: JsonValue | undefined, en: JsonValue | undefined): Words | null =>
    typeof zh === 'string' && typeof en === 'string' ? { zh, en } : null;
  return {
    words: wordsFor('alarm.raised', facets, detail),
    cause: both(cause_zh, cause_en),
    next: both(next_zh, next_en),
  };
}
