/** Does to a simulated village what a scenario's step or a key of the demo says. */
import { brandId } from '../config/ids.js';
/** As long as a person presses a key. */
const pressedMs = 400;
export async function doDeed(theatre, deed) {
    const { village, runtime, clock } = theatre;
    if ('set' in deed)
        village.setPoint(brandId(deed.set), deed.to);
    else if ('press' in deed) {
        const key = brandId(deed.press);
        village.setPoint(key, 'pressed');
        clock.after(pressedMs, () => village.setPoint(key, 'released'));
    }
    else if ('cut' in deed)
        village.cutLine(brandId(deed.cut), true);
    else if ('mend' in deed)
        village.cutLine(brandId(deed.mend), false);
    else if ('switch_off' in deed)
        village.switchUnit(brandId(deed.switch_off), false);
    else if ('switch_on' in deed)
        village.switchUnit(brandId(deed.switch_on), true);
    else if ('break_horn' in deed)
        village.horns.fail(brandId(deed.break_horn), 'VOICE-003');
    else if ('mend_horn' in deed)
        village.horns.fail(brandId(deed.mend_horn), null);
    else if ('uplink' in deed)
        await theatre.plugUplink(deed.uplink === 'plug');
    else {
        const upTo = { boot: runtime.journal.boot, order: runtime.alarms.lastOrder };
        runtime.command({ kind: deed.command, upTo, origin: theatre.origin, level: 2 });
    }
}
