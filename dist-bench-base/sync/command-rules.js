const zoned = { needsTime: true, isWholeSite: false };
const whole = { needsTime: true, isWholeSite: true };
export const orderRules = {
    silence: { right: 'silence', ...zoned },
    reset_request: { right: 'reset', ...zoned },
    siren_test: { right: 'test', ...zoned },
    speaker_test: { right: 'test', ...zoned },
    broadcast: { right: 'broadcast', ...zoned },
    // It ends what others ordered as well, an evacuation among it: nothing for an old order.
    broadcast_stop: { right: 'broadcast', ...whole },
    duty_check: { right: 'duty_check', needsTime: false, isWholeSite: false },
    read_points: { right: 'read', needsTime: false, isWholeSite: false },
    shelve: { right: 'shelve', ...zoned },
    unshelve: { right: 'shelve', needsTime: false, isWholeSite: false },
    time: { right: 'time', needsTime: false, isWholeSite: false },
    config_fetch: { right: 'config', needsTime: false, isWholeSite: true },
    config_stage: { right: 'config', ...whole },
    config_apply: { right: 'config', ...whole },
    config_rollback: { right: 'config', ...whole },
};
