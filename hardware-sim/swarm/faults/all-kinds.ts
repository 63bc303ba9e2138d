/** Every kind of fault, place by place. */
import { adapterFaults } from './adapter.js';
import { boxFaults } from './box.js';
import { brokerFaults } from './broker.js';
import { centreFaults } from './centre.js';
import { cityFaults } from './city.js';
import { clockFaults } from './clock.js';
import { compoundFaults } from './compound.js';
import { diskFaults } from './disk.js';
import type { FaultKind } from './fault-kind.js';
import { gatewayFaults } from './gateway.js';
import { hornFaults } from './horn.js';
import { lineFaults } from './line.js';
import { networkFaults } from './network.js';
import { pinFaults } from './pin.js';
import { relayFaults } from './relay.js';
import { unitFaults } from './unit.js';
import { unitAnswers } from './unit-answers.js';

export const allFaultKinds: readonly FaultKind[] = [
  ...[...unitFaults, ...unitAnswers, ...relayFaults, ...lineFaults, ...networkFaults, ...adapterFaults],
  ...[...pinFaults, ...diskFaults, ...brokerFaults, ...centreFaults, ...cityFaults, ...clockFaults],
  ...[...gatewayFaults, ...hornFaults, ...boxFaults, ...compoundFaults],
];
