/** What a person knows about a site, as a file says it (`gengfu init --answers`) and as the questions gather it. Whatever is left out is asked, or
 * has a default. */
import { z } from 'zod';
import { about, channelNumber, clockTime, filePath, idText, pinNumber, words } from '../../config/schema-words.js';
import { externalCode } from '../../config/uplinks/uplink-schema.js';
import { presetIds } from './preset.js';

/** `/dev/ttyUSB0`, `192.168.1.20:502`, or the id that the line gets. */
const lineAt = z.string().trim().min(1).max(300);

const lineAnswer = z.strictObject({
  at: lineAt.meta(about('接口', 'path of the port, host:port of a server')),
  id: idText.optional().meta(about('编号', 'id of the line; made of its path when left out')),
  name: words.optional().meta(about('名称', 'what people call it')),
  zone: idText.optional().meta(about('防区', 'what most of its units watch')),
});

const unitAnswer = z.strictObject({
  at: lineAt.meta(about('线路', 'where the unit was found: path, host:port, or the id of the line')),
  address: z
    .number()
    .int()
    .min(0)
    .max(255)
    .meta(about('地址', 'its address', 'number')),
  baud: z
    .number()
    .int()
    .optional()
    .meta(about('波特率', 'tells two units of one address apart', 'bit/s')),
  leave_out: z.boolean().optional().meta(about('不写', 'it is only written as a comment')),
  profile: idText.optional().meta(about('型号', 'its profile')),
  id: idText.optional().meta(about('编号', 'id of the device')),
  name: words.optional().meta(about('名称', 'what people call it')),
  zone: idText.optional().meta(about('防区', 'the zone it watches')),
  place: words.optional().meta(about('位置', 'where it hangs')),
  variant: idText.optional().meta(about('变体', 'which firmware')),
  options: z
    .record(z.string().max(40), z.union([z.number(), z.string().max(40), z.boolean()]))
    .optional()
    .meta(about('选项', 'what stands on its label')),
});

const sounderAnswer = z.strictObject({
  id: idText.optional().meta(about('编号', 'id of the output')),
  name: words.optional().meta(about('名称', 'what people call it')),
  zone: idText.optional().meta(about('防区', 'where it is heard; everywhere when left out')),
  relay: z
    .strictObject({
      device: idText.meta(about('模块', 'the relay unit, by the id that it gets, such as relay-1')),
      channel: channelNumber.meta(about('通道', 'counted from 1 as printed', 'number')),
    })
    .optional()
    .meta(about('继电器', 'one of relay and gpio')),
  gpio: z
    .strictObject({
      pin: pinNumber.meta(about('引脚', "the chip's own number", 'number')),
      active_low: z.boolean().optional().meta(about('低有效', 'on = low level')),
    })
    .optional()
    .meta(about('引脚', 'one of relay and gpio')),
});

const uplinkAnswer = z.strictObject({
  url: z.string().min(1).max(1024).meta(about('地址', 'mqtts://host:port')),
  username: z.string().min(1).max(200).optional().meta(about('账号', 'name to sign in with')),
  password_file: filePath
    .optional()
    .meta(about('密码文件', 'the file that will hold the password; never the password')),
  ca_file: filePath.optional().meta(about('CA 证书', "certificate that signs the broker's")),
});

const panelAnswer = z.strictObject({
  listen: z.string().max(64).meta(about('监听地址', '127.0.0.1 or 0.0.0.0')),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(8080)
    .meta(about('端口', 'TCP port', 'number')),
});

export const answersSchema = z.strictObject({
  answers: z.literal(1).meta(about('版本', 'version of this format', 'number')),
  kind: z.enum(presetIds).optional().meta(about('类型', 'kind of place')),
  site: z
    .strictObject({
      id: idText.optional().meta(about('编号', 'id of the site')),
      district: idText.optional().meta(about('区县', 'id of the district')),
      name: words.optional().meta(about('名称', 'what people call it')),
      code: externalCode.optional().meta(about('平台编码', "the site's code at the platform")),
    })
    .optional()
    .meta(about('站点', 'which site this is')),
  zones: z
    .array(z.strictObject({ id: idText, name: words.optional() }))
    .min(1)
    .max(64)
    .optional()
    .meta(about('防区', 'parts of the site')),
  data_dir: filePath.optional().meta(about('数据目录', 'directory of the journal')),
  daily_report_at: clockTime.optional().meta(about('日报时间', 'local time')),
  models: z
    .array(idText)
    .max(64)
    .optional()
    .meta(about('型号', 'profiles of what was bought: of several candidates, the one that stands here')),
  lines: z.array(lineAnswer).max(64).optional().meta(about('线路', 'what lines are called')),
  units: z.array(unitAnswer).max(1100).optional().meta(about('设备', 'what is known of single units')),
  sounders: z.array(sounderAnswer).max(64).optional().meta(about('警铃', 'what sounds')),
  uplink: z
    .union([z.literal('none'), uplinkAnswer])
    .optional()
    .meta(about('上联', 'the centre that is told')),
  panel: z
    .union([z.literal('none'), panelAnswer])
    .optional()
    .meta(about('值班面板', 'who can open it')),
  places: filePath.optional().meta(about('位置表', 'CSV; relative to this file')),
  households: filePath.optional().meta(about('帮扶户表', 'CSV; relative to this file')),
});

export type Answers = z.infer<typeof answersSchema>;
export type UnitAnswer = z.infer<typeof unitAnswer>;
export type LineAnswer = z.infer<typeof lineAnswer>;
export type SounderAnswer = z.infer<typeof sounderAnswer>;

/** Nothing is known yet. */
export const noAnswers: Answers = { answers: 1 };
