/** What is remembered must not grow with the input: it begins anew where it would hold more. */
const most = 1000;

/** Remembers a value, and gives it. */
export function keep<Value>(values: Map<string, Value>, key: string, value: Value): Value {
  if (values.size >= most) values.clear();
  values.set(key, value);
  return value;
}
