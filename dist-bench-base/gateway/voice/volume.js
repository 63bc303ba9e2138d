const loudRanks = new Set(['fire', 'evacuation', 'drill']);
/** `minute` since local midnight, 0 to 1439. */
export function isInWindow({ fromMin, toMin }, minute) {
    return fromMin < toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin;
}
/** How loud something of that rank is said there at that minute of the local day, percent. */
export function volumeOf(config, rank, minute) {
    if (loudRanks.has(rank))
        return config.loudVolume;
    return config.volumes.find((window) => isInWindow(window, minute))?.volume ?? config.volume;
}
