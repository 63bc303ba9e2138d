/** What the device says about a point replaces the whole of what its profile says. `told` converts to the point's unit. */
export function watchOf(device, point, told) {
    const limits = Object.hasOwn(device.limits, point.key) ? device.limits[point.key] : point.limits;
    const delays = { onDelayMs: point.on_delay_ms, offDelayMs: point.off_delay_ms };
    if (limits === undefined)
        return delays;
    const { low, high, deadband, on_delay_s, off_delay_s } = limits;
    return {
        limits: {
            low: low === undefined ? null : told(low),
            high: high === undefined ? null : told(high),
            deadband: told(deadband),
        },
        onDelayMs: on_delay_s === undefined ? delays.onDelayMs : on_delay_s * 1000,
        offDelayMs: off_delay_s === undefined ? delays.offDelayMs : off_delay_s * 1000,
    };
}
