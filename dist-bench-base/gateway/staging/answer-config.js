/** What the control socket answers to orders about site files. */
import { readTextFile } from '../../config/read-text.js';
import { problemsRefusal } from './staging-answer.js';
const notHere = 'this gateway takes no other site file';
export function isConfigRequest(request) {
    return request.ask.startsWith('config-');
}
/** `desk`: null where the site file does not change (the demo). Never rejects for what is asked. */
export async function answerConfig(desk, request) {
    if (desk === null)
        return { error: notHere };
    switch (request.ask) {
        case 'config-status':
            return desk.status;
        case 'config-diff':
            return desk.diff();
        case 'config-stage': {
            const read = await readTextFile(request.file);
            return read.ok ? desk.stageText(read.text, `cli:${request.user}`) : problemsRefusal([read.problem]);
        }
        case 'config-apply':
            return desk.applyAs(request.sha256, ofBox(request.user), request.isForced);
        case 'config-rollback':
            return desk.rollbackAs(ofBox(request.user), request.isForced);
    }
}
/** Only the owner of the data folder can open the socket: whoever could as well change the site file. */
function ofBox(user) {
    return { origin: `cli:${user}`, isOnBox: true };
}
