/** The part of the site file about what sounds: outputs and the plans that switch them. */
import { z } from 'zod';
import { someSteps } from './panel-schema.js';
import { wanted } from './schema-messages.js';
import { about, channelNumber, idText, pinNumber, words } from './schema-words.js';
import { alarmClasses } from './vocabulary.js';
import { saySchema, someSays } from './voice-schema.js';

/** What a lamp can show by itself. */
const lampMeanings = ['fire', 'fault', 'service', 'normal', 'transmission', 'duty', 'duty_sound'] as const;

/** `<device>/<point>`, as panels and reports name it. */
const pointName = z.string().regex(/^[a-z0-9-]{1,40}\/[a-z0-9_-]{1,40}$/, wanted.point.en);

const proofSchema = z.strictObject({
  point: pointName.meta(about('测点', 'the point that shows it: a feedback contact, a measured current')),
  state: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .meta(about('状态', 'its state while the output is on; exactly one of state and at_least')),
  at_least: z
    .number()
    .min(-1_000_000)
    .max(1_000_000)
    .optional()
    .meta(
      about('不低于', 'its number while the output is on, in the unit in which the point is told', "the point's unit"),
    ),
  within_ms: z
    .number()
    .int()
    .min(100)
    .max(10_000)
    .default(1000)
    .meta(about('时限', 'how soon after an order it must show it', 'ms')),
});

export const outputSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the output')),
  name: words.optional().meta(about('名称', 'what people call it; the id when left out')),
  kind: z
    .enum(['siren', 'strobe', 'lamp', 'amplifier', 'heartbeat'])
    .meta(
      about(
        '种类',
        'what is switched; amplifier: the key line of a loudspeaker, which only speakers switch; heartbeat: a pin that changes once ' +
          'a second while the gateway makes progress, for a watchdog relay',
      ),
    ),
  shows: z
    .enum(lampMeanings)
    .optional()
    .meta(
      about(
        '含义',
        'what a lamp shows by itself (lamp only); duty flashes while a duty check waits, duty_sound is for a small buzzer that beeps twice ' +
          'every 4 s until it is answered, and rests while a fire or warning sounds; plans switch it when left out',
      ),
    ),
  zone: idText.optional().meta(about('防区', 'the zone where it is heard or seen')),
  relay: z
    .strictObject({
      device: idText.meta(about('模块', 'the relay unit')),
      channel: channelNumber.meta(about('通道', 'its relay, counted from 1 as printed', 'number')),
      timed_s: z
        .number()
        .int()
        .min(5)
        .max(600)
        .optional()
        .meta(
          about('自带定时', 'it is switched on for so long and renewed by the gateway; the unit itself ends it', 's'),
        ),
    })
    .optional()
    .meta(about('继电器', 'the relay that switches it; exactly one of relay and gpio')),
  gpio: z
    .strictObject({
      pin: pinNumber.meta(about('引脚', "the chip's own number (GPIO17 is 17)", 'number')),
      active_low: z.boolean().default(false).meta(about('低有效', 'on = low level')),
    })
    .optional()
    .meta(about('引脚', 'the pin that switches it; exactly one of relay and gpio')),
  on_control_lost: z
    .enum(['keep_sounding', 'go_quiet'])
    .optional()
    .meta(
      about(
        '失控时',
        'what a sounding output does when the gateway stops or loses it; required, but not with a heartbeat',
      ),
    ),
  proof: proofSchema
    .optional()
    .meta(about('验证', 'what proves that the thing behind the output works, beside the read-back of its driver')),
});

/** From one second to an hour. */
const delaySeconds = z.number().int().min(1).max(3600);

const someOutputs = z.array(idText).min(1).max(64);

/** Ready-made steps. */
const planPresets = ['unmanned_village', 'manned_station'] as const;
export type PlanPreset = (typeof planPresets)[number];

const planStepSchema = z.strictObject({
  confirmed: z
    .literal(true)
    .optional()
    .meta(
      about(
        '证实时',
        'begins when the fire is confirmed: a second detector of the zone, a call point, a lost detector',
      ),
    ),
  unacknowledged_s: delaySeconds
    .optional()
    .meta(about('无人确认', 'begins so long after the alarm if nobody has acknowledged it', 's')),
  after_s: delaySeconds.optional().meta(about('延时', 'begins so long after the alarm in any case', 's')),
  sound: someOutputs.optional().meta(about('输出', 'outputs that sound then as well; at least one of sound and say')),
  say: someSays.optional().meta(about('播报', 'what is said then as well')),
});

export const planSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the response plan')),
  when: z
    .strictObject({
      class: z.enum(alarmClasses).meta(about('类别', 'class of the alarm')),
      zones: z
        .union([z.array(idText).min(1).max(64), z.literal('all')])
        .meta(about('防区', 'zones whose alarms count, or all')),
    })
    .meta(about('条件', 'which alarms start the plan')),
  sound: someOutputs.meta(about('输出', 'outputs that sound at once')),
  say: someSays.optional().meta(about('播报', 'what is said at once, in turn with the sirens')),
  preset: z
    .enum(planPresets)
    .optional()
    .meta(
      about(
        '预设',
        'steps that stand ready (fire only): unmanned_village wakes the village after 30 s and the neighbours after 120 s, ' +
          'manned_station after 120 s and 300 s; gengfu explain prints them',
      ),
    ),
  village: someOutputs
    .optional()
    .meta(
      about('全村输出', 'with a preset: outputs that wake the village, when the fire is confirmed or not acknowledged'),
    ),
  neighbours: someOutputs
    .optional()
    .meta(about('邻村输出', 'with a preset: outputs that wake the neighbouring villages; none when left out')),
  village_say: someSays.optional().meta(about('全村播报', 'with a preset: what is said when the village is woken')),
  neighbours_say: someSays
    .optional()
    .meta(about('邻村播报', 'with a preset: what is said when the neighbouring villages are woken')),
  steps: z.array(planStepSchema).max(8).default([]).meta(about('后续步骤', 'who is woken later, and when')),
  all_clear: saySchema
    .optional()
    .meta(about('解除播报', 'said once when a person has reset the last alarm of the plan')),
  what_to_do: someSteps
    .optional()
    .meta(
      about(
        '处置步骤',
        'what people do, step by step, as the panel shows it; the usual steps of the class when left out',
      ),
    ),
});

export type OutputYaml = z.infer<typeof outputSchema>;
export type ProofYaml = z.infer<typeof proofSchema>;
export type PlanStepYaml = z.infer<typeof planStepSchema>;
export type PlanYaml = z.infer<typeof planSchema>;
