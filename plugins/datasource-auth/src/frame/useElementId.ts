import { useState } from 'react';

let count = 0;

/** An element id of one's own. React 17, which adopters may still run, has no useId. */
export function useElementId(): string {
  const [id] = useState(() => {
    count += 1;
    return `datasource-auth-${count}`;
  });
  return id;
}
