export const voiceProblems = {
    'CONF-068': {
        zh: '没有这个喇叭',
        en: 'there is no such loudspeaker',
        hint: { zh: '在 speakers 里声明它，或改正编号', en: 'declare it under speakers, or correct the id' },
    },
    'CONF-069': {
        zh: '没有这条语音',
        en: 'there is no such message',
        hint: { zh: '在 messages 里声明它，或改正编号', en: 'declare it under messages, or correct the id' },
    },
    'CONF-073': {
        zh: '这个喇叭放不出这条语音',
        en: 'this loudspeaker can not play the message',
        hint: {
            zh: 'syn6288、xfs5152 要 text，aplay 要 file，dfplayer、dy 要 track；line 什么都不放',
            en: 'syn6288 and xfs5152 need text, aplay needs file, dfplayer and dy need track; a line plays nothing',
        },
    },
    'CONF-074': {
        zh: '播放器的键与种类不符',
        en: 'the keys of the player do not fit its kind',
        hint: {
            zh: '芯片写 path（和 baud），dfplayer、dy 还可写 longest_track_s；device 只用于 aplay',
            en: 'a chip has path (and baud), dfplayer and dy longest_track_s as well; device is for aplay',
        },
    },
    'CONF-075': {
        zh: '这个串口已经用了',
        en: 'this serial device is used already',
        hint: {
            zh: '一个串口只能接一个播放器，也不能同时是一条线路',
            en: 'a serial device belongs to one player or to one line',
        },
    },
    'CONF-076': {
        zh: '这个输出不是功放',
        en: 'this output is no amplifier',
        hint: { zh: '把该输出写成 kind: amplifier，或改正编号', en: 'make it kind: amplifier, or name another output' },
    },
    'CONF-077': {
        zh: '这条语音没有内容',
        en: 'the message says nothing',
        hint: { zh: '至少写 text、file、track 中的一个', en: 'write at least one of text, file and track' },
    },
    'CONF-078': {
        zh: '语音模板里有不认识的占位符',
        en: 'the text of the message has an unknown placeholder',
        hint: {
            zh: '占位符写成 {{place}} 这样，成对的双花括号',
            en: 'a placeholder is written {{place}}, in pairs of braces',
        },
    },
    'CONF-079': {
        zh: '时段的开始和结束相同',
        en: 'the window begins when it ends',
        hint: {
            zh: '写两个不同的时间；跨过午夜时 to 小于 from',
            en: 'write two times; over midnight, to is earlier than from',
        },
    },
    'CONF-080': {
        zh: '定时广播落在静默时段里，永远听不到',
        en: 'the announcement begins in quiet hours: it would never be heard',
        hint: { zh: '改 at，或改 quiet_hours', en: 'change at, or quiet_hours' },
    },
    'CONF-081': {
        zh: '一次鸣响加一次语音比总时长还长',
        en: 'a burst and a turn of the voice are longer than the whole',
        hint: { zh: '加大 sounds_s，或减小 burst_s、voice_s', en: 'make sounds_s longer, or burst_s and voice_s shorter' },
    },
    'CONF-084': {
        zh: '安装或校准日期不对',
        en: 'the day of installation or calibration can not be',
        hint: {
            zh: '写 1990 年以后、日历上有的一天',
            en: 'write a day of the calendar, not before 1990 and not far ahead',
        },
    },
    'CONF-085': {
        zh: '预案的这一步什么都不做',
        en: 'this step of the plan does nothing',
        hint: { zh: '写 sound 或 say', en: 'write sound, say or both' },
    },
    'CONF-086': {
        zh: '警铃试鸣只能列警铃',
        en: 'only sirens can stand in the siren test',
        hint: { zh: '列 kind: siren 的输出，或不写 outputs', en: 'list outputs of kind siren, or leave outputs out' },
    },
};
