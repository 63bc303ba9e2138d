export function stepTurn(turn, input, nowMono) {
    const { cadence } = input;
    if (cadence === null)
        return { turn: null, nextMono: null };
    const next = turn === null || input.isNew ? burst(nowMono) : moved(turn, cadence, input, nowMono);
    return { turn: next, nextMono: dueMono(next, cadence, input.canSpeak) };
}
function burst(sinceMono) {
    return { phase: 'burst', sinceMono };
}
function moved(turn, cadence, { canSpeak, isSaid }, nowMono) {
    const { phase, sinceMono } = turn;
    // The same sum as the one that is waited for: a difference of fractions could fall a hair short of it.
    const hasLasted = (ms) => nowMono >= sinceMono + ms;
    switch (phase) {
        case 'burst':
            if (!hasLasted(cadence.burstMs))
                return turn;
            if (canSpeak)
                return { phase: 'voice', sinceMono: nowMono };
            return cadence.pauseMs > 0 ? { phase: 'pause', sinceMono: nowMono } : turn;
        case 'voice':
            return isSaid || !canSpeak || hasLasted(cadence.voiceMs) ? burst(nowMono) : turn;
        case 'pause':
            return hasLasted(cadence.pauseMs) ? burst(nowMono) : turn;
    }
}
function dueMono({ phase, sinceMono }, { burstMs, voiceMs, pauseMs }, canSpeak) {
    switch (phase) {
        case 'burst':
            return canSpeak || pauseMs > 0 ? sinceMono + burstMs : null;
        case 'voice':
            return sinceMono + voiceMs;
        case 'pause':
            return sinceMono + pauseMs;
    }
}
