export const exerciseRefusalWords = {
    'fire-stands': {
        zh: '有未复位的火警；先处理火警并复位',
        en: 'there is a fire that was not reset; deal with it and reset first',
    },
    'alarm-sounds': { zh: '有报警正在鸣响；先消音或复位', en: 'an alarm sounds; silence or reset it first' },
    'exercise-runs': { zh: '已有演练或测试在进行', en: 'a drill or test runs already' },
    'nothing-runs': { zh: '没有正在进行的演练或测试', en: 'no drill or test runs' },
    'nothing-sounds': {
        zh: '站点文件中没有可供鸣响的警报',
        en: 'the site file names nothing that could sound for it',
    },
    'just-tested': { zh: '一小时内已试鸣过', en: 'there was a test less than an hour ago' },
    'unknown-zone': { zh: '没有这个防区', en: 'there is no such zone' },
    'too-long': {
        zh: '时间不对：演练 1 分钟至 2 小时，走测最长 30 分钟，话筒最长 10 分钟',
        en: 'not for so long: a drill lasts from 1 min to 2 h, a walk test 30 min at most, a microphone 10 min',
    },
};
