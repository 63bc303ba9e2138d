/** Orders about site files as they come over the control socket: whoever may open it is level Ⅲ. */
import { z } from 'zod';
import { userName } from '../command/exercise-order.js';
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const configRequests = [
    z.strictObject({ ask: z.enum(['config-status', 'config-diff']) }),
    /** `file`: absolute; the gateway reads it itself. */
    z.strictObject({ ask: z.literal('config-stage'), file: z.string().startsWith('/').max(1000), user: userName }),
    z.strictObject({
        ask: z.literal('config-apply'),
        /** The person means this one. */
        sha256,
        /** Also beside a fire or a drill. */
        isForced: z.boolean(),
        user: userName,
    }),
    z.strictObject({ ask: z.literal('config-rollback'), isForced: z.boolean(), user: userName }),
];
