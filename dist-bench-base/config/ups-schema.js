/** The UPS board under `box:` of the site file. */
import { z } from 'zod';
import { about } from './schema-words.js';
export const upsSchema = z.strictObject({
    board: z
        .enum(['waveshare-e', 'waveshare-b', 'waveshare-c'])
        .meta(about('型号', 'the board: Waveshare UPS HAT (E), (B) with two cells in series, (C) with one')),
    i2c_bus: z
        .number()
        .int()
        .min(0)
        .max(31)
        .default(1)
        .meta(about('I2C 总线', 'N of /dev/i2c-N', 'number')),
});
