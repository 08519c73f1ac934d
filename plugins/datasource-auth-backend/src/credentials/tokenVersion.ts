import { Generation } from './CredentialRow';

/** Returns the version of a token: it changes with each stored token and each change of settings. */
export function tokenVersion(
  settingsVersion: number,
  { credentialId, generation }: Generation,
): string {
  return `${settingsVersion}.${credentialId}.${generation}`;
}

/** Returns the generation that a version names; undefined where a caller made the version up. */
export function generationOf(
  version: string | undefined,
): Generation | undefined {
  const [, credentialId, generation] =
    /^\d+\.([0-9a-f-]{36})\.(\d{1,15})$/.exec(version ?? '') ?? [];
  return credentialId === undefined
    ? undefined
    : { credentialId, generation: Number(generation) };
}
