/** The verbs `gengfu config …`: another site file on a running gateway. */
import path from 'node:path';
export function addConfigOrders(program, addTo, order) {
    const config = program.command('config').description('运行中更换站点文件 / another site file on a running gateway');
    addTo(config, 'stage', '检查并存下一份新站点文件，暂不启用 / check a new site file and keep it, not applied', (options, args) => order({ verb: 'stage', file: path.resolve(args[0] ?? '') }, options)).argument('<file>', '新的站点文件 / the new site file');
    addForce(addTo(config, 'apply', '启用已存的文件并试运行；不正常会自动退回 / apply what is staged, on trial; taken back by itself when it is not healthy', (options) => order({ verb: 'apply', isForced: isForced(options) }, options)));
    addForce(addTo(config, 'rollback', '退回上一份站点文件 / go back to the site file before', (options) => order({ verb: 'rollback', isForced: isForced(options) }, options)));
    addTo(config, 'status', '现在运行、已存和试运行的文件 / which file runs, is staged, is on trial', (options) => order({ verb: 'status' }, options));
    addTo(config, 'diff', '启用已存的文件会改变什么 / what applying the staged file would change', (options) => order({ verb: 'diff' }, options));
}
function addForce(command) {
    command.option('--force-during-alarm', '有火警未复位或正在演练时也更换 / also while a fire is not reset, or a drill runs');
}
function isForced(options) {
    return options.forceDuringAlarm === true;
}
