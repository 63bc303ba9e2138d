import { brandId } from '../../config/ids.js';
import type { Runtime } from '../runtime.js';
import type { ControlReply, ControlRequest } from './control-socket.js';

/** What the control socket answers: the alarms as they stand, or the desk's word on an order. */
export function answerControl(runtime: Runtime, request: ControlRequest): ControlReply {
  if (request.ask === 'status') return statusOf(runtime);
  const { ask, boot, order, user } = request;
  // Only the owner of the data folder can open the socket: duty staff on the box.
  return runtime.command({ kind: ask, upTo: { boot: brandId(boot), order }, origin: `cli:${user}`, level: 2 });
}

function statusOf(runtime: Runtime): ControlReply {
  const standing = [...runtime.alarms.subjects.values()].filter(({ alarm }) => alarm !== null);
  return {
    boot: runtime.journal.boot,
    order: runtime.alarms.lastOrder,
    alarms: standing.map(({ class: alarmClass, subject, name, condition, acknowledged, sounder }) => ({
      class: alarmClass,
      subject,
      ...name,
      active: condition !== 'normal',
      acknowledged: acknowledged !== null,
      sounder,
    })),
  };
}
