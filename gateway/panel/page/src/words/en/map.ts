import type { map as zh } from '../zh/map.js';

/** The village plan. */
export const map: Readonly<Record<keyof typeof zh, string>> = {
  'nav.map': 'Map',
  'map.plan': 'Which plan',
  'map.picture': 'plan: {name}',
  'map.trend': 'trend',
  'map.output': 'Output',
  'map.edit': 'Change the map',
  'map.editHint':
    'Upload a plan, choose a device, and touch where it is. Pins can be dragged; by keyboard the arrow keys move them, Delete removes them.',
  'map.upload': 'Upload an image',
  'map.save': 'Save',
  'map.leave': 'Do not save',
  'map.leaveSure': 'The changes are not saved. Give them up?',
  'map.thing': 'What to place (● stands there already)',
  'map.remove': 'Take it off',
  'map.noPlan': 'There is no plan yet; without one the zones are shown.',
  'map.wrongKind': 'Only images of the kinds PNG, JPEG and WebP',
  'map.tooLarge': 'An image has 8 MB at most',
};
