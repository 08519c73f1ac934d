import { useState } from 'react';

let count = 0;

/** Returns a unique element ID. React 17, which adopters may still use, has no useId. */
export function useElementId(): string {
  const [id] = useState(() => {
    count += 1;
    return `datasource-auth-${count}`;
  });
  return id;
}
