type ErrorConstructor = abstract new (...parameters: never) => unknown;

/** The assertions of testharness.js about what is thrown, as a window has them. */
interface ErrorAssertions {
  readonly DOMException: ErrorConstructor;
  assert_throws_dom: (type: unknown, ...rest: unknown[]) => void;
  assert_throws_js: (expected: ErrorConstructor, run: () => void, description?: string) => void;
  promise_rejects_dom: (test: PromiseTest, type: unknown, ...rest: unknown[]) => Promise<void>;
  promise_rejects_js: (
    test: PromiseTest,
    expected: ErrorConstructor,
    promise: Promise<unknown>,
    description?: string,
  ) => Promise<void>;
}

interface PromiseTest {
  unreached_func(description: string): () => void;
}

/**
 * Lets a test accept a `DOMException`, or an error of the right name, whose constructor is not its window's: it comes from
 * Node's realm, where an implementation for Node has to take it from.
 */
export function acceptForeignErrors(window: object): void {
  const scope = window as ErrorAssertions;
  const { assert_throws_dom: throwsDom, assert_throws_js: throwsJs } = scope;

  scope.assert_throws_dom = (type, ...rest) => {
    const given = typeof rest[1] === 'function' ? (rest.shift() as ErrorConstructor) : undefined;
    const [run, description] = rest as [() => void, string?];
    const { constructor, replay } = attempt(run);
    const expected = given ?? scope.DOMException;
    const isForeign = expected === scope.DOMException && constructor?.name === 'DOMException';
    throwsDom(type, isForeign ? constructor : expected, replay, description);
  };
  scope.assert_throws_js = (expected, run, description) => {
    const { constructor, replay } = attempt(run);
    throwsJs(constructor?.name === expected.name ? constructor : expected, replay, description);
  };
  scope.promise_rejects_dom = (test, type, ...rest) => {
    const given = typeof rest[0] === 'function' ? [rest.shift()] : [];
    const [promise, description = ''] = rest as [Promise<unknown>, string?];
    return promise.then(test.unreached_func(`Should have rejected: ${description}`), (error: unknown) => {
      scope.assert_throws_dom(type, ...given, thrower(error), description);
    });
  };
  scope.promise_rejects_js = (test, expected, promise, description = '') =>
    promise.then(test.unreached_func(`Should have rejected: ${description}`), (error: unknown) => {
      scope.assert_throws_js(expected, thrower(error), description);
    });
}

/** Runs it now, so that the type of what it throws is known, and gives what throws the same again. */
function attempt(run: () => void): { constructor: ErrorConstructor | undefined; replay: () => void } {
  try {
    run();
  } catch (error) {
    const constructor = (error as Partial<object> | null | undefined)?.constructor as
      ErrorConstructor | undefined;
    return { constructor, replay: thrower(error) };
  }
  return { constructor: undefined, replay: () => undefined };
}

function thrower(error: unknown): () => never {
  return () => {
    throw error;
  };
}
