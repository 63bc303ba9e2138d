/** Judges of what is heard: sirens, latches, silences, outputs. */
import { type Stories, type Story, shrine, sirens, smoke, tellStories } from './told-world.js';

/** A fire that is raised and sounds. */
const fire: Story = (told) => told.moves(smoke, 'alarm').passes(1).raises(smoke).switches(sirens, true).passes(5);

/** It is over when the gateway ends, and stands. */
const burnsOut: Story = (told) => [fire(told), told.moves(smoke, 'normal').isKilled().passes(2)];

const stories: Stories = {
  'fire-sounds': [
    ['a fire that is raised and sounds', false, fire],
    ['a fire that nobody raises', true, (told) => told.moves(smoke, 'alarm').passes(6)],
    [
      'a fire that is over before it can be seen',
      false,
      (told) => told.moves(smoke, 'alarm').passes(1).moves(smoke, 'normal').passes(30),
    ],
    [
      'a fire behind a line that is cut',
      false,
      (told) => told.breaks('line-cut', 'line:east').moves(smoke, 'alarm').passes(60),
    ],
    [
      '… and nobody raises it when the line is mended',
      true,
      (told) =>
        told.breaks('line-cut', 'line:east').moves(smoke, 'alarm').passes(60).mends('line-cut', 'line:east').passes(30),
    ],
    [
      'one of two sirens is quiet',
      true,
      (told) => told.moves(smoke, 'alarm').passes(1).raises(smoke).switches(['siren-hall'], true).passes(8),
    ],
    [
      '… because its pin is broken',
      false,
      (told) =>
        told
          .breaks('pin-stuck', 'pin:17')
          .moves(smoke, 'alarm')
          .passes(1)
          .raises(smoke)
          .switches(['siren-hall'], true)
          .passes(8),
    ],
    ['it falls silent by itself', true, (told) => [fire(told), told.switches(sirens, false).passes(110)]],
    [
      'it rests for a minute',
      false,
      (told) => [fire(told), told.switches(sirens, false).passes(70).switches(sirens, true).passes(5)],
    ],
    [
      'a person silences it',
      false,
      (told) => [fire(told), told.about('alarm.silenced', smoke, 'cli:wang').switches(sirens, false).passes(200)],
    ],
    [
      'a new process that does not sound what was durable',
      true,
      (told) => [
        fire(told),
        told
          .moves(smoke, 'normal')
          .isKilled()
          .switches(sirens, false)
          .passes(2)
          .starts()
          .stands(`point:${smoke}`, 'e1')
          .passes(20),
      ],
    ],
    [
      'a new process with a broken disk, which can not know of it',
      false,
      (told) => [burnsOut(told), told.switches(sirens, false).breaks('disk-refuses', 'disk').starts().passes(120)],
    ],
    [
      '… and still does not know when the disk is mended',
      true,
      (told) => [
        burnsOut(told),
        told.switches(sirens, false).breaks('disk-refuses', 'disk').starts().passes(60),
        told.mends('disk-refuses', 'disk').passes(120),
      ],
    ],
    [
      '… and sounds it when it has read the disk',
      false,
      (told) => [
        burnsOut(told),
        told.switches(sirens, false).breaks('disk-refuses', 'disk').starts().passes(120),
        told.mends('disk-refuses', 'disk').passes(20).recalls(smoke).passes(2).switches(sirens, true).passes(60),
      ],
    ],
    [
      '… and leaves on what it found on',
      false,
      (told) => [burnsOut(told), told.breaks('disk-refuses', 'disk').starts().passes(200)],
    ],
    [
      '… until a person silences',
      false,
      (told) => [
        burnsOut(told),
        told
          .breaks('disk-refuses', 'disk')
          .starts()
          .passes(20)
          .orders('silence', 1)
          .switches(sirens, false)
          .passes(200),
      ],
    ],
    [
      '… and switches off by itself what it found on',
      true,
      (told) => [
        burnsOut(told),
        told.breaks('disk-refuses', 'disk').starts().passes(20).switches(sirens, false).passes(200),
      ],
    ],
    [
      'a new process whose disk breaks when it has read of it',
      true,
      (told) => [
        burnsOut(told),
        told.switches(sirens, false).starts().recalls(smoke).breaks('disk-refuses', 'disk').passes(120),
      ],
    ],
    [
      'a drill that a fire does not end',
      true,
      (told) => [told.journals('drill.begun').passes(3), fire(told), told.passes(5)],
    ],
    [
      'a detector under walk test',
      false,
      (told) =>
        told
          .journals('walk_test.begun', { detail: { points: [smoke] } })
          .moves(smoke, 'alarm')
          .passes(40)
          .moves(smoke, 'normal'),
    ],
    [
      '… that burns for longer than a person tries it',
      true,
      (told) =>
        told
          .journals('walk_test.begun', { detail: { points: [smoke] } })
          .moves(smoke, 'alarm')
          .passes(90),
    ],
  ],
  'latch-holds': [
    [
      'it returns and stands',
      false,
      (told) => told.raises(smoke).about('alarm.returned', smoke, null, { latched: true }).passes(5),
    ],
    ['it is gone', true, (told) => told.raises(smoke).passes(5).leaves(`point:${smoke}`).passes(1)],
    [
      'it is gone after a reset',
      false,
      (told) => told.raises(smoke).passes(5).leaves(`point:${smoke}`).about('alarm.reset', smoke).passes(2),
    ],
    [
      'another one stands there',
      true,
      (told) => told.raises(smoke).passes(5).stands(`point:${smoke}`, 'e77').passes(1),
    ],
    ['a new process has forgotten it', true, (told) => told.raises(smoke).passes(5).isKilled().starts().passes(10)],
    [
      '… and its disk is broken',
      false,
      (told) => told.raises(smoke).passes(5).isKilled().breaks('disk-stalls', 'disk').starts().passes(10),
    ],
  ],
  'no-output-without-reason': [
    ['an alarm wants it', false, (told) => told.switches(sirens, true).raises(smoke).passes(5)],
    ['nobody wants it', true, (told) => told.switches(['siren-village'], true).passes(5)],
    ['an alarm of elsewhere stands', true, (told) => told.raises(smoke).switches(['siren-street'], true).passes(5)],
    [
      'it was silenced long ago',
      true,
      (told) =>
        told.raises(smoke).passes(2).about('alarm.silenced', smoke).passes(60).switches(['siren-hall'], true).passes(5),
    ],
    ['a siren test', false, (told) => told.journals('siren_test.begun').switches(sirens, true).passes(5)],
    [
      'its pin has gone mad',
      false,
      (told) => told.breaks('pin-floating', 'pin:17').switches(['siren-village'], true).passes(5),
    ],
  ],
  'silence-hides-nothing': [
    [
      'a silence of what was seen',
      false,
      (told) => told.raises(smoke).orders('silence', 1).about('alarm.silenced', smoke, 'cli:wang').passes(5),
    ],
    [
      'a silence of something newer',
      true,
      (told) =>
        told.raises(smoke).raises(shrine).orders('silence', 1).about('alarm.silenced', shrine, 'cli:wang').passes(2),
    ],
    [
      'a key, half a second after the alarm',
      true,
      (told) => told.passes(5).raises(smoke).about('alarm.silenced', smoke, 'key:key-silence').passes(2),
    ],
    [
      'a fire after a silence, which nobody hears',
      true,
      (told) =>
        told
          .raises(smoke)
          .orders('silence', 1)
          .about('alarm.silenced', smoke, 'cli:wang')
          .passes(5)
          .raises(shrine)
          .passes(8),
    ],
    [
      '… and which everybody hears',
      false,
      (told) =>
        told
          .raises(smoke)
          .orders('silence', 1)
          .about('alarm.silenced', smoke, 'cli:wang')
          .passes(5)
          .raises(shrine)
          .switches(sirens, true)
          .passes(8),
    ],
  ],
  'outputs-match': [
    ['it follows', false, (told) => told.commands('siren-hall', true).switches(['siren-hall'], true).passes(60)],
    ['it does not follow', true, (told) => told.commands('siren-hall', true).passes(60)],
    [
      '… and a fault says so',
      false,
      (told) => told.commands('siren-hall', true).stands('fault:output:siren-hall', 'e9').passes(60),
    ],
    [
      'the voice has the word',
      false,
      (told) =>
        told
          .commands('siren-hall', true)
          .switches(['siren-hall'], true)
          .passes(15)
          .switches(['siren-hall'], false)
          .passes(30)
          .switches(['siren-hall'], true)
          .passes(15),
    ],
    ['it is welded', true, (told) => told.switches(['siren-hall'], true).commands('siren-hall', false).passes(60)],
    ['it is on in the end', true, (told) => told.switches(['siren-hall'], true).concludes()],
  ],
};

tellStories(stories);
