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
  'photo.title': 'Photos of places: {count}',
  'photo.hint':
    'A photo is made small here first, and does not say where it was taken. It is shown on the first screen in an alarm. Save when you are done.',
  'photo.of': 'Of which device or zone',
  'photo.take': 'Take or choose a photo',
  'photo.remove': 'Remove the photo',
  'photo.full': '{max} photos at most',
  'photo.open': 'photo of {name}, enlarge',
  'photo.close': 'Touch to close',
  'photo.onMap': 'On the map',
  'map.tooLarge': 'An image has 8 MB at most',
};
