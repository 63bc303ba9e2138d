/** What a profile says of orders by hand → as it stands for one unit. */
import { brandId, type DeviceId, type PointId } from './ids.js';
import type { ActionYaml, ModbusProfile } from './profile-schema.js';
import type { UnitAction, UnitOrders } from './unit-orders.js';

export function resolveUnitOrders(device: DeviceId, { limits, actions, recipes }: ModbusProfile): UnitOrders {
  const writes = [recipes?.change_address, recipes?.change_baud].flatMap((recipe) =>
    (recipe?.steps ?? []).flatMap((step) => ('write' in step ? [step.write] : [])),
  );
  return {
    functions: limits.fc.filter((fc) => !limits.forbidden_fc.includes(fc)),
    actions: actions.map((action) => resolveAction(device, action)),
    moving: writes.map(({ addr }) => addr),
  };
}

function resolveAction(device: DeviceId, { key, names, risk, steps, requires, verify }: ActionYaml): UnitAction {
  const idOf = (point: string): PointId => brandId(`${device}/${point}`);
  return {
    ...{ key, names, risk },
    steps: steps.map((step) => {
      if (!('write' in step)) return { waitMs: step.wait_ms };
      const { table, addr, value, fc } = step.write;
      return { write: { table, address: addr, value, functionCode: fc } };
    }),
    requires: requires === undefined ? null : { point: idOf(requires.point), state: requires.state },
    verify:
      verify === undefined ? null : { point: idOf(verify.point), state: verify.state, withinMs: verify.within_ms },
  };
}
