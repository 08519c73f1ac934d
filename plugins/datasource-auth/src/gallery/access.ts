import { PresetWay } from 'backstage-plugin-datasource-auth-common';

/** How a preset gets access, as people say it. */
export type Access = 'person' | 'app' | 'key';

/** All of them, in display order. */
export const ACCESSES: readonly Access[] = ['person', 'app', 'key'];

const ACCESS_OF: Record<PresetWay, Access> = {
  authorization_code: 'person',
  password: 'person',
  client_credentials: 'app',
  jwt_bearer: 'app',
  static: 'key',
};

/** Returns how the ways of a preset get access, each once, in display order. */
export function accessesOf(ways: PresetWay[]): Access[] {
  return ACCESSES.filter(access => ways.some(way => ACCESS_OF[way] === access));
}
