/** What the site file says of every centre, however it is reached. */
import { z } from 'zod';
import { wanted } from '../schema-messages.js';
import { about, filePath, idText } from '../schema-words.js';
import { alarmClasses } from '../vocabulary.js';

const tellSchema = z.strictObject({
  classes: z
    .array(z.enum(alarmClasses))
    .min(1)
    .optional()
    .meta(about('类别', 'only alarms of these classes, and what belongs to them; all when left out')),
  zones: z
    .array(idText)
    .min(1)
    .max(64)
    .optional()
    .meta(about('防区', 'only these zones, and what has none; all when left out')),
  kinds: z
    .array(z.string().regex(/^[a-z_]+(?:\.[a-z_]+)?$/, wanted.kind.en))
    .min(1)
    .max(64)
    .optional()
    .meta(
      about('种类', 'only these kinds of entries: `alarm` for all of `alarm.…`, or `alarm.raised`; all when left out'),
    ),
  private: z
    .boolean()
    .default(false)
    .meta(
      about(
        '个人信息',
        'also tells who ordered or noted something by name; only where the centre has the right to know',
      ),
    ),
});

export const uplinkId = idText.meta(about('编号', 'id of the uplink'));
export const uplinkTell = tellSchema
  .optional()
  .meta(about('上报范围', 'what this centre is told; everything when left out'));
export const uplinkPace = z
  .number()
  .int()
  .min(1)
  .max(10_000)
  .default(50)
  .meta(about('补报速率', 'messages of a backlog in a second; a fire never waits for it', 'message/s'));

/** TLS and a name with a password, for those that have them. */
export const uplinkSignIn = {
  username: z.string().min(1).max(200).optional().meta(about('账号', 'name to sign in with')),
  password_file: filePath.optional().meta(about('密码文件', 'file that holds the password; never in the site file')),
  ca_file: filePath
    .optional()
    .meta(about('CA 证书', "certificate that signs the centre's; the system's when left out")),
  cert_file: filePath.optional().meta(about('客户端证书', 'own certificate; together with key_file')),
  key_file: filePath.optional().meta(about('客户端私钥', 'own key; together with cert_file')),
};
