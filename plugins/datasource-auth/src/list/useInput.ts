import { Dispatch, useEffect, useState } from 'react';

/** What a field shows: input at once, then the filter in the address, which follows. */
export function useInput<T>(value: T): [T, Dispatch<T>] {
  const [input, setInput] = useState(value);
  useEffect(() => setInput(value), [value]);
  return [input, setInput];
}
