/** Base 32 without the look-alikes 0/o and 1/l: an id is also read out over the telephone. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
/** 50 bits: two of a million process starts share an id with a chance of 1 in 2,000. */
const idChars = 10;
/** An id for one boot or one epoch. `random` gives 0 ≤ r < 1. */
export function randomId(random) {
    let id = '';
    while (id.length < idChars)
        id += alphabet.charAt(Math.floor(random() * alphabet.length));
    return id;
}
