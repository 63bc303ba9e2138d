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
