const isApple = /mac|iphone|ipad/i.test(navigator.userAgent);

/** How the key of the command menu is written on this machine. */
export const commandKey = isApple ? "⌘K" : "Ctrl K";
