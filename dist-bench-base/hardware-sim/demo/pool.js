const levelsM = { full: 3.2, empty: 0.3 };
export function poolLevels(water) {
    const to = levelsM[water];
    return [
        { set: 'pool-level/value', to },
        { set: 'pool-gauge/level', to },
    ];
}
