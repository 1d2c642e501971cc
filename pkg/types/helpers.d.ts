// Types that the declarations share. No entry exports them.

/** An input that may be left out. */
export type Opt<T> = T | null | undefined;

/** The fields of an answer that may be null or absent. */
type Omissible<T> = { [K in keyof T]-?: null extends T[K] ? K : {} extends Pick<T, K> ? K : never }[keyof T];

/** An answer as an input: a field that may be null or absent may be left out. */
export type Given<T> = Omit<T, Omissible<T>> & { [K in Omissible<T>]?: Opt<T[K]> };

export {};
