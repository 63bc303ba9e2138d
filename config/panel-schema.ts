/** The part of the site file about the duty panel, and about the people who need help when it alarms. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { wanted } from './schema-messages.js';
import { about, clockTime, filePath, hostMaxChars, idText, isHostName, textMaxChars, words } from './schema-words.js';

/** More names than that are no box of a village. */
const namesMax = 8;

const certificateSchema = z.strictObject({
  cert: filePath.meta(about('证书', 'PEM file of the certificate; relative to the site file')),
  key: filePath.meta(about('私钥', 'PEM file of its private key; relative to the site file')),
});

export const usualNight = { from: '22:00', to: '07:00' } as const;

export const panelSchema = z.strictObject({
  listen: z
    .string()
    .max(45)
    .refine((text) => isIP(text) !== 0, wanted.ip.en)
    .default('127.0.0.1')
    .meta(
      about(
        '监听地址',
        'IP address of the box at which the panel is served; 127.0.0.1: only on the box itself, 0.0.0.0: on every network of the ' +
          'box. Until somebody has a password it is served on the box only, whatever stands here',
      ),
    ),
  port: z
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(8080)
    .meta(about('端口', 'TCP port', 'number')),
  names: z
    .array(z.string().min(1).max(hostMaxChars).refine(isHostName, wanted.hostName.en))
    .max(namesMax)
    .default([])
    .meta(
      about(
        '域名',
        'host names by which browsers open the panel, when the village has its own DNS; addresses, localhost and the name of the box ' +
          'always count. A request by any other name is refused',
      ),
    ),
  tls: z
    .union([z.enum(['none', 'own']), certificateSchema])
    .default('none')
    .meta(about('加密', 'none: plain HTTP; own: a certificate that the box makes for itself; or the files of one')),
  sign_out_after_s: z
    .number()
    .int()
    .min(60)
    .max(86_400)
    .default(600)
    .meta(about('自动退出', 'a screen that nobody touches is signed out after', 's')),
  night: z
    .strictObject({
      from: clockTime.default(usualNight.from).meta(about('从', 'local time at which it begins')),
      to: clockTime
        .default(usualNight.to)
        .meta(about('到', 'local time at which it ends: what waited for the morning is heard then')),
    })
    .optional()
    .meta(
      about(
        '夜间',
        'the part of the day in which technical alarms make no sound at the panel, and faults sound once; fire and warning ' +
          'always sound. 22:00 to 07:00 when left out',
      ),
    ),
});

/** In the file's own spelling. */
export const careWords = ['elderly_alone', 'left_behind_children', 'disabled', 'bedridden', 'other'] as const;

const personal = z.string().trim().min(1).max(textMaxChars);

export const householdSchema = z.strictObject({
  id: idText.meta(about('编号', 'id of the household; no name of a person')),
  door: words.meta(about('门牌', 'what stands at the door; without signing in the panel shows this and nothing else')),
  zone: idText.optional().meta(about('防区', 'the zone where it is')),
  care: z
    .array(z.enum(careWords))
    .min(1)
    .max(careWords.length)
    .meta(about('帮扶类别', 'why somebody has to look after it first')),
  people: personal.optional().meta(about('人员', 'who lives there; shown from level II')),
  phone: personal.optional().meta(about('电话', 'whom to call, in quotes; shown from level II')),
  note: personal.optional().meta(about('备注', 'what helpers should know; shown from level II')),
  near: z
    .array(idText)
    .max(64)
    .default([])
    .meta(about('附近设备', 'devices in it or beside it; their alarms show this household')),
});

/** One step for people: short enough to be read at a glance, and aloud. */
export const someSteps = z.array(words).min(1).max(8);

export type PanelYaml = z.infer<typeof panelSchema>;
export type HouseholdYaml = z.infer<typeof householdSchema>;
