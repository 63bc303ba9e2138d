import { Option } from 'commander';
import { readCount, readTime } from './read-time.js';
export function addExerciseOrders(program, addTo, order) {
    const drill = program.command('drill').description('演练 / drills');
    addTo(drill, 'begin', '开始演练：全部鸣响，一切标明演练 / begin one: everything sounds, marked as a drill', (options) => order({ ask: 'drill-begin', zones: listOf(options.zone), forMs: options.for ?? null }, options))
        .option('--zone <zone...>', '防区，不写为全部 / zones; left out: all')
        .option('--for <time>', '多久，1m 至 2h，如 10m；不写按站点文件 / how long, 1m to 2h, say 10m; left out: as the site file says', readTime);
    addTo(drill, 'end', '结束演练，或补记人数 / end it, or tell the head count afterwards', (options) => {
        const { present = null, missing = null, note = null } = options;
        return order({ ask: 'drill-end', present, missing, note }, options);
    })
        .option('--present <n>', '到场人数 / people who came', readCount)
        .option('--missing <n>', '失联人数 / people who are missing', readCount)
        .option('--note <text>', '备注，最长 500 字，只存本机 / a note, 500 characters at most; it stays on the box');
    addTo(program, 'siren-test', '警铃试鸣 / test the sirens, one after the other', (options) => order({ ask: 'siren-test' }, options));
    addTo(program, 'broadcast', '广播 / say something on the loudspeakers', (options) => {
        const { message = null, text = null, evacuation = false, times = 1 } = options;
        return order({ ask: 'broadcast', message, text, speakers: listOf(options.speaker), evacuation, times }, options);
    })
        .addOption(new Option('--message <id>', '站点文件中的消息；与 --text 二选一（必填其一） / a message of the site file; this or --text (one is required)').conflicts('text'))
        .option('--text <text>', '文字，最长 200 字 / a text, 200 characters at most')
        .option('--speaker <speaker...>', '喇叭，不写为全部 / loudspeakers; left out: all')
        .option('--evacuation', '疏散，压过其他广播 / evacuation: before all but a fire')
        .option('--times <n>', '说几遍，1 至 10，不写为 1 / how often, 1 to 10; left out: 1', readCount);
    addTo(program, 'broadcast-stop', '停止广播和话筒 / stop what was ordered to be said', (options) => order({ ask: 'broadcast-stop' }, options));
    addTo(program, 'microphone', '接通话筒 / key the amplifiers for a microphone', (options) => order({ ask: 'microphone', speakers: listOf(options.speaker) ?? [], forMs: options.for ?? 0 }, options))
        .requiredOption('--speaker <speaker...>', '喇叭（必填） / loudspeakers (required)')
        .requiredOption('--for <time>', '多久（必填），最长 10m，如 5m / how long (required), 10m at most, say 5m', readTime);
    addWalkTest(program, addTo, order);
}
function addWalkTest(program, addTo, order) {
    const walkTest = program.command('walk-test').description('走测 / walk tests');
    addTo(walkTest, 'begin', '开始走测一个防区 / begin one in a zone', (options) => order({ ask: 'walk-test-begin', zone: String(options.zone), forMs: options.for ?? null }, options))
        .requiredOption('--zone <zone>', '防区（必填） / the zone (required)')
        .option('--for <time>', '多久，最长 30m，不写为 30m / how long, 30m at most; left out: 30m', readTime);
    addTo(walkTest, 'end', '结束走测 / end it', (options) => order({ ask: 'walk-test-end', zone: String(options.zone) }, options)).requiredOption('--zone <zone>', '防区（必填） / the zone (required)');
}
function listOf(given) {
    if (given === undefined)
        return null;
    return typeof given === 'string' ? [given] : [...given];
}
