/** A platform that takes JSON over HTTP. */
import { z } from 'zod';
import { wanted } from '../schema-messages.js';
import { about, filePath } from '../schema-words.js';
import { uplinkId, uplinkPace, uplinkSignIn, uplinkTell } from './every-uplink.js';

/** `gbt45839`: GB/T 45839-2025 Appendix D; `zxyun`: as 中消云 takes it; `gengfu`: our CloudEvents in batches. */
export const httpPresets = ['gengfu', 'gbt45839', 'zxyun'] as const;
export type HttpPreset = (typeof httpPresets)[number];

const template = z.strictObject({
  path: z.string().max(300).default('').meta(about('路径', 'behind url; {{…}} is filled in')),
  payload: z.string().min(1).max(8000).meta(about('内容', 'text with {{…}}, filled in as JSON values')),
});

/** Facts of table D.1 of GB/T 45839-2025 that stand nowhere else in a site file. */
const install = z.strictObject({
  company: z
    .string()
    .max(80)
    .optional()
    .meta(about('生产厂商', "maker of the devices; the company code in each device's id when left out")),
  client: z.string().max(120).optional().meta(about('被保护单位', "its name; the site's when left out")),
  address: z.string().max(200).optional().meta(about('单位地址', 'where it is')),
  longitude: z
    .number()
    .min(-180)
    .max(180)
    .optional()
    .meta(about('经度', 'of the site', '°')),
  latitude: z
    .number()
    .min(-90)
    .max(90)
    .optional()
    .meta(about('纬度', 'of the site', '°')),
  organization: z.string().max(120).optional().meta(about('所属组织机构', 'whose devices they are')),
  area: z
    .string()
    .regex(/^[0-9]{6,12}$/, wanted.area.en)
    .optional()
    .meta(about('行政区划代码', 'of the area, in quotes')),
  responsible: z.string().max(40).optional().meta(about('负责人', 'a name: personal data, sent to this platform only')),
  mobile: z
    .string()
    .regex(/^[0-9+-]{5,20}$/, wanted.phone.en)
    .optional()
    .meta(about('联系电话', 'in quotes: personal data, sent to this platform only')),
});
export type HttpInstallYaml = z.infer<typeof install>;

export const httpUplinkSchema = z.strictObject({
  id: uplinkId,
  kind: z.literal('http').meta(about('方式', 'JSON over HTTP POST')),
  url: z
    .string()
    .max(300)
    .regex(/^https?:\/\/(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/, wanted.url.en)
    .meta(about('地址', 'https://host:port/path; http:// only where nobody listens')),
  preset: z.enum(httpPresets).default('gengfu').meta(about('报文', 'shape of the messages')),
  token_file: filePath.optional().meta(about('令牌文件', 'file that holds the token: Authorization: Bearer …')),
  ...uplinkSignIn,
  templates: z
    .strictObject({
      report: template.optional().meta(about('报警报文', 'for each entry')),
      telemetry: template.optional().meta(about('数据报文', 'for each pack of samples')),
      status: template.optional().meta(about('在线报文', 'a sign of life')),
    })
    .optional()
    .meta(about('报文模板', 'paths and payloads of a platform that has its own; each replaces the one of the preset')),
  install: install.optional().meta(about('安装信息', 'for preset gbt45839: what it tells of all devices')),
  batch_max: z
    .number()
    .int()
    .min(1)
    .max(200)
    .default(50)
    .meta(about('每次条数', 'entries in one request, where the shape is a list', 'number')),
  timeout_s: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(10)
    .meta(about('应答时限', 'an answer is awaited so long', 's')),
  heartbeat_s: z
    .number()
    .int()
    .min(10)
    .max(86_400)
    .default(300)
    .meta(about('在线间隔', 'the platform is asked so often when nothing else goes there', 's')),
  telemetry: z.boolean().default(false).meta(about('遥测', 'measurements as well')),
  tell: uplinkTell,
  pace_per_s: uplinkPace,
});

export type HttpUplinkYaml = z.infer<typeof httpUplinkSchema>;
