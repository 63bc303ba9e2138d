import type { CheckerKind } from './checker.js';

export const endsWell: CheckerKind = {
  name: 'ends-well',
  promise:
    'everything healed and somebody has tidied up: no alarm and no fault stands, every point is seen, all is quiet and told',
  make(config, accuse) {
    return {
      conclude(world) {
        const { gateway } = world;
        if (gateway === null) {
          accuse('no gateway runs in the end');
          return;
        }
        const { alarms, points, uplinks } = gateway.runtime;
        for (const { subject, alarm, condition, sounder, service } of alarms.subjects.values()) {
          if (alarm !== null) accuse(`${subject} stands in alarm ${alarm.id}: ${condition}, ${sounder}`);
          else if (condition !== 'normal') accuse(`${subject} is ${condition}`);
          if (service !== null) accuse(`${subject} is ${service.is} by ${service.by}`);
        }
        for (const zone of alarms.walkTests.keys()) accuse(`zone ${zone} is under walk test`);
        for (const { id } of config.points) {
          const reading = points.get(id);
          if (reading?.quality !== 'good') accuse(`${id} is not seen: ${reading?.reason ?? 'never'}`);
        }
        for (const { id, isUp, error, queued } of uplinks) {
          if (!isUp) accuse(`uplink ${id} is down: ${error?.code ?? 'not connected'}`);
          const waiting = queued.fire + queued.journal;
          if (waiting > 0)
            accuse(`uplink ${id}: ${queued.fire} reports of the fire lane and ${queued.journal} others wait`);
        }
        for (const { id } of config.speakers) {
          const says = world.hornSays(id);
          if (says !== null) accuse(`${id} speaks in the end: ${says}`);
        }
      },
    };
  },
};
