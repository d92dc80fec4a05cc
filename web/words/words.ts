/** The same tree of keys with any wording: what a translation of `T` must be. */
export type Translation<T> = { readonly [K in keyof T]: T[K] extends string ? string : Translation<T[K]> };
