/** Short messages over an AT modem: the way that is left when no data goes through. */
import { z } from 'zod';
import { wanted } from '../schema-messages.js';
import { about, clockTime, devicePath, filePath, idText } from '../schema-words.js';
import { alarmClasses } from '../vocabulary.js';
import { uplinkId, uplinkTell } from './every-uplink.js';

const seconds = z.number().int().min(0).max(86_400);

export const smsUplinkSchema = z.strictObject({
  id: uplinkId,
  kind: z.literal('sms').meta(about('方式', 'short messages over an AT modem')),
  port: devicePath.meta(about('串口', 'AT port of the modem')),
  baud: z
    .union([z.literal(9600), z.literal(19_200), z.literal(57_600), z.literal(115_200), z.literal(460_800)])
    .default(115_200)
    .meta(about('波特率', 'of the AT port', 'bit/s')),
  pin_file: filePath.optional().meta(about('SIM 卡 PIN 文件', 'file that holds the PIN of the SIM; never tried twice')),
  recipients: z
    .array(
      z.strictObject({
        id: idText.meta(about('编号', 'id of the person or post; the journal names it, never the number')),
        number: z
          .string()
          .regex(/^\+?[0-9]{3,15}$/, wanted.code.en)
          .meta(about('号码', 'with + and country code, or as dialled')),
        classes: z
          .array(z.enum(alarmClasses))
          .min(1)
          .default(['fire'])
          .meta(about('类别', 'only alarms of these classes')),
        zones: z.array(idText).min(1).max(64).optional().meta(about('防区', 'only these zones; all when left out')),
        quiet: z
          .strictObject({
            from: clockTime.meta(about('从', 'hour and minute')),
            to: clockTime.meta(about('到', 'hour and minute; may be on the next day')),
          })
          .optional()
          .meta(about('静默时段', 'then only fire; the rest waits for its end')),
      }),
    )
    .min(1)
    .max(32)
    .meta(about('收信人', 'who is told')),
  after_s: z
    .strictObject({
      fire: seconds.default(0).meta(about('火警', '0: always', 's')),
      others: seconds.default(120).meta(about('其他', '0: always', 's')),
    })
    .default({ fire: 0, others: 120 })
    .meta(about('等待回执', 'only told when no other centre has confirmed it within so long')),
  per_hour_max: z
    .number()
    .int()
    .min(1)
    .max(500)
    .default(60)
    .meta(about('每小时上限', 'parts sent in an hour; the last third belongs to fire', 'message/h')),
  validity_min: z
    .number()
    .int()
    .min(10)
    .max(60)
    .default(30)
    .meta(
      about('有效期', 'the network drops what it could not deliver by then: a fire of yesterday would mislead', 'min'),
    ),
  tell_end: z
    .boolean()
    .default(true)
    .meta(about('告知解除', 'whoever was told of an alarm is told shortly when it is over')),
  tell: uplinkTell,
});

export type SmsUplinkYaml = z.infer<typeof smsUplinkSchema>;
