/**
 * The types of events that scripts listen to on a target although it never fires them: there is no asking which types an
 * `EventTarget` has listeners for.
 */
export const unusualTypes = /*#__PURE__*/ new WeakMap<EventTarget, Set<string>>();
