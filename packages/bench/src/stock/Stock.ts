import { JsonObject } from '@backstage/types';
import {
  datasourceNames,
  declared,
  declaredForPeople,
} from '../subject/configuration';

/** One kind of database, with few and with many datasources. */
export interface Stock {
  system: 'PostgreSQL' | 'SQLite';
  /** Whether it has as many connections of people as datasources. */
  hasConnections: boolean;
  /** URL of the database, or path of its file. */
  few: string;
  many: string;
  /** Port of the provider of the first datasources. */
  providerPort: number;
}

/** Number of datasources. */
export const FEW = 1_000;
export const MANY = 1_000_000;

/** Datasources with a credential whose refresh can be made due. By name, they are first in a list. */
export const RENEWABLE = 100;

/** Datasources to which everyone is connected. */
export const PERSONAL_NAMES = ['personal-1', 'personal-2'];

/** Declares the datasources that aren't filler. */
export function stockDatasources(provider: string): JsonObject {
  return {
    ...declared(datasourceNames(RENEWABLE), provider),
    ...declaredForPeople(provider, PERSONAL_NAMES),
  };
}
