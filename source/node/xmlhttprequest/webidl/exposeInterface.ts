/** The key to construct interfaces that scripts cannot construct. */
export const constructing: unique symbol = Symbol('constructing');

/** The options for the class of an interface. */
interface InterfaceMembers {
  /** The interface's name. */
  readonly name: string;
  /** Constants, on the class and on its prototype. */
  readonly constants?: Readonly<Record<string, number>>;
}

/**
 * Gives a class the shape of a [Web IDL interface](https://webidl.spec.whatwg.org/#js-interfaces): enumerable members,
 * constants, its name as `Symbol.toStringTag`.
 */
export function exposeInterface<T extends abstract new (...parameters: never[]) => object>(
  Class: T,
  { name, constants = {} }: InterfaceMembers,
): T {
  const prototype = Class.prototype as object;
  for (const [key, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (key !== 'constructor') Object.defineProperty(prototype, key, { ...descriptor, enumerable: true });
  }
  for (const [key, value] of Object.entries(constants)) {
    const descriptor = { value, writable: false, enumerable: true, configurable: false };
    Object.defineProperty(Class, key, descriptor);
    Object.defineProperty(prototype, key, descriptor);
  }
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });
  Object.defineProperty(Class, 'prototype', { writable: false });
  Object.defineProperty(Class, 'name', { value: name, configurable: true });
  return Class;
}
