const KEY = 'demo-person';

/** Returns the name of the person that this browser signs in as; undefined for the guest. */
export function demoPerson(): string | undefined {
  return window.localStorage.getItem(KEY) ?? undefined;
}

/** Signs in as a person of the demo, or as the guest. */
export function signInAs(person: string | undefined) {
  if (person) window.localStorage.setItem(KEY, person);
  else window.localStorage.removeItem(KEY);
  window.location.reload();
}
