export const samplingProblems = {
    'CONF-091': {
        zh: '这个设备没有这样的采样点',
        en: 'the device has no such point to sample',
        hint: {
            zh: 'sampling 的键是型号文件中监测点的 key；设定值（setting）从不采样',
            en: 'the keys of sampling are those of the points in its profile; settings are never sampled',
        },
    },
    'CONF-092': {
        zh: '死区只用于数值',
        en: 'a deadband is for numbers only',
        hint: { zh: '状态每次变化都会采样；删掉 deadband', en: 'a state is sampled at every change; leave deadband out' },
    },
};
