/** Judges of what is seen: lost sensors, the watchdog pin, and whether all is well in the end. */
import { type Stories, smoke, type Told, tellStories } from './told-world.js';

/** On GPIO5. */
const key = 'key-silence/contact';

const hang = (told: Told, sensor: string): Told => told.breaks('box-sensor', 'box', `${sensor}: hangs`);
const unhang = (told: Told, sensor: string): Told => told.mends('box-sensor', 'box', `${sensor}: hangs`);

const stories: Stories = {
  'lost-sensor': [
    [
      'a pin that can not be read, and a fault',
      false,
      (told) =>
        told
          .breaks('pin-failing', 'pin:5')
          .reads(key, 'bad')
          .stands(`fault:point:${key}`, 'e9')
          .passes(60)
          .mends('pin-failing', 'pin:5')
          .leaves(`fault:point:${key}`)
          .passes(130),
    ],
    ['… and no fault', true, (told) => told.breaks('pin-failing', 'pin:5').reads(key, 'bad').passes(16)],
    [
      '… which is shown as good',
      true,
      (told) => told.reads(key, 'good').breaks('pin-failing', 'pin:5').stands(`fault:point:${key}`, 'e9').passes(16),
    ],
    ['… which reads well', true, (told) => told.breaks('pin-failing', 'pin:5').passes(2).reads(key, 'good')],
    [
      '… and its fault stays',
      true,
      (told) =>
        told
          .breaks('pin-failing', 'pin:5')
          .passes(5)
          .stands(`fault:point:${key}`, 'e9')
          .mends('pin-failing', 'pin:5')
          .passes(125),
    ],
    ['a pin that drives something', false, (told) => told.breaks('pin-failing', 'pin:17').passes(200)],
    [
      'a key that does nothing: nobody can tell',
      false,
      (told) => told.breaks('pin-input-dead', 'pin:5').reads(key, 'good').passes(200),
    ],
    [
      'a fault in time',
      false,
      (told) => told.breaks('unit-silent', 'unit:smoke-1').passes(40).stands('fault:unit:smoke-1', 'e9').passes(90),
    ],
    [
      'a fault of its line',
      false,
      (told) => told.breaks('line-cut', 'line:east').passes(40).stands('fault:line:east', 'e9').passes(90),
    ],
    ['no fault', true, (told) => told.breaks('unit-silent', 'unit:smoke-1').passes(105)],
    ['a unit that is only slow', false, (told) => told.breaks('unit-slow', 'unit:smoke-1').passes(200)],
    ['an all-clear', true, (told) => told.breaks('line-cut', 'line:east').passes(30).about('alarm.returned', smoke)],
    ['a good reading', true, (told) => told.breaks('line-cut', 'line:east').passes(30).reads(smoke, 'good')],
    [
      'a good reading that was on its way',
      false,
      (told) => told.breaks('line-cut', 'line:east').passes(1).reads(smoke, 'good'),
    ],
    [
      'a fault that stays',
      true,
      (told) =>
        told
          .breaks('unit-off', 'unit:smoke-1')
          .passes(60)
          .stands('fault:unit:smoke-1', 'e9')
          .mends('unit-off', 'unit:smoke-1')
          .passes(130),
    ],
    [
      'a fault of its siren, for a reason of its own',
      false,
      (told) =>
        told
          .breaks('unit-off', 'unit:relay-1')
          .passes(60)
          .stands('fault:output:siren-hall', 'e9')
          .mends('unit-off', 'unit:relay-1')
          .passes(130),
    ],
  ],
  'watchdog-honest': [
    ['a pin that moves', false, (told) => told.passes(200)],
    ['a pin that stands still', true, (told) => told.standsStill().passes(15)],
    ['… because it is broken', false, (told) => told.breaks('pin-output-stuck', 'pin:25').standsStill().passes(200)],
    [
      '… while only the disk hangs',
      true,
      (told) => told.breaks('disk-hangs', 'disk', 'hangs').standsStill().passes(15),
    ],
    ['… as soon as a sensor hangs', true, (told) => hang(told, 'supply').standsStill().passes(15)],
    ['… when a sensor hangs for a minute', false, (told) => hang(told, 'supply').passes(61).standsStill().passes(300)],
    [
      '… and goes on to',
      true,
      (told) => unhang(hang(told, 'supply').passes(61).standsStill().passes(9), 'supply').passes(15),
    ],
    [
      '… after a sensor hung for a short while',
      true,
      (told) => unhang(hang(told, 'supply').passes(30), 'supply').standsStill().passes(13),
    ],
    ['it moves though a sensor hangs', true, (told) => hang(told, 'supply').passes(85)],
    ['… that is asked once a minute', false, (told) => hang(told, 'temperature').passes(85)],
    ['… for long', true, (told) => hang(told, 'temperature').passes(135)],
    ['… and only fails', false, (told) => told.breaks('box-sensor', 'box', 'supply: unreadable').passes(300)],
    [
      '… of two faults one is over',
      true,
      (told) => unhang(hang(hang(told, 'supply'), 'supply').passes(50), 'supply').passes(35),
    ],
    [
      '… which a new process has to find out',
      false,
      (told) => hang(told, 'supply').passes(60).standsStill().passes(15).isKilled().starts().movesOn().passes(65),
    ],
    [
      '… and gives a new process no reason to stand still',
      true,
      (told) => hang(told, 'supply').passes(60).standsStill().passes(15).isKilled().starts().passes(20),
    ],
  ],
  'ends-well': [
    ['all is quiet', false, (told) => told.readsAll().concludes()],
    ['a fault stands', true, (told) => told.readsAll().stands('fault:unit:smoke-1', 'e9').concludes()],
    ['a point is not seen', true, (told) => told.readsAll().reads(smoke, 'bad').concludes()],
    ['the uplink is down', true, (told) => told.readsAll().isCutOff().concludes()],
    ['a horn speaks', true, (told) => told.readsAll().speaks().concludes()],
  ],
};

tellStories(stories);
