/** What the codecs say about a site before it runs, for `check` and for the start. */
import { didYouMean } from '../../config/did-you-mean.js';
import { quoteOutside } from '../../config/problem.js';
import { StreamOptionError } from './framer.js';
/** Problems of serial dialects, declared once. */
export const streamProblems = {
    'STRM-001': {
        what: { zh: '没有这种串口协议', en: 'no such serial dialect' },
        hint: {
            zh: '检查型号文件的 link.codec；新协议要在 drivers/stream/codecs 加一个文件',
            en: "look at the profile's link.codec; a new dialect is one new file in drivers/stream/codecs",
        },
    },
    'STRM-002': {
        what: { zh: '协议选项不合适', en: 'the option does not fit the dialect' },
        hint: {
            zh: '在站点文件该设备的 options 里改正，或检查型号文件的 codec_options',
            en: "mend it in the device's options in the site file, or look at the profile's codec_options",
        },
    },
};
/** Every stream device whose codec is unknown or refuses its options; empty when all can be made. */
export function checkStreams(streams, codecs) {
    return streams.flatMap((stream) => {
        const where = `device ${stream.id}`;
        const codec = codecs.get(stream.codec);
        if (codec === undefined) {
            const likely = didYouMean(stream.codec, codecs.keys());
            const expected = likely ?? [...codecs.keys()].join(', ');
            return [problem('STRM-001', where, expected, quoteOutside(stream.codec))];
        }
        try {
            codec.create(stream.codecOptions);
            return [];
        }
        catch (error) {
            if (!(error instanceof StreamOptionError))
                throw error;
            return error.faults.map(({ key, expected, got }) => problem('STRM-002', `${where} codec_options.${key}`, expected, got));
        }
    });
}
function problem(code, where, expected, got) {
    return { code, at: null, where, ...streamProblems[code], expected, got, retry: 'never' };
}
