/** Below this many answers there is no estimate, only the answers. */
export const enough = 30;
