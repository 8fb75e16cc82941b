/** Who has it may construct what a script may not: the interfaces that have no constructor. */
export const constructing: unique symbol = Symbol('constructing');
