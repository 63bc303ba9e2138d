/** What `answer` resolves to, or null when it rejects or has not answered after `limitMs`. Never rejects. */
export function withinMs(clock, limitMs, answer) {
    return new Promise((resolve) => {
        const cancel = clock.after(limitMs, () => resolve(null));
        const settle = (result) => {
            cancel();
            resolve(result);
        };
        answer.then(settle, () => settle(null));
    });
}
