import { keyOrigin } from './key-watch.js';
export function exerciseKeys(desk) {
    const open = new Map();
    return {
        pressDrill: (key) => void desk.pressDrill(ordererOf(key)),
        pressTest: (key) => void desk.pressTest(ordererOf(key)),
        holdMicrophone: (key) => {
            const end = desk.holdMicrophone(key.zone, ordererOf(key));
            if (end !== null)
                open.set(key.id, end);
        },
        releaseMicrophone: ({ id }) => {
            open.get(id)?.();
            open.delete(id);
        },
    };
}
/** The key of a key switch is what makes its bearer duty staff. */
function ordererOf(key) {
    return { origin: keyOrigin(key), level: 2 };
}
