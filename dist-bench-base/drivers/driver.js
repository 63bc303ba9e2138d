/**
 * The contracts between the physical world and everything above. The simulator implements the same ones.
 * Rule for all of them: a failure is a DriverError, a late answer is an error, and no call blocks the event loop.
 */
export {};
