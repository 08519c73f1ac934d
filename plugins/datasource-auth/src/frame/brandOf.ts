import brands from './brands.json';

/** The logo of a provider. */
export interface Brand {
  /** Its color in CSS. */
  color: string;
  /** Its shape in a square of 24 units. */
  path: string;
}

/** The logos that are shown, by the name of the brand in Simple Icons. */
export const BRANDS: ReadonlyMap<string, Brand> = new Map(
  Object.entries(brands),
);

/** Brands that presets and hosts call by another name. */
const NAMES = new Map([
  ['artifactory', 'jfrog'],
  ['datadoghq', 'datadog'],
  ['dropboxapi', 'dropbox'],
  ['googleapis', 'google'],
  ['hubapi', 'hubspot'],
  ['intuit', 'quickbooks'],
  ['myshopify', 'shopify'],
  ['oidc', 'openid'],
  ['ondemand', 'sap'],
  ['relic', 'newrelic'],
  ['snowflakecomputing', 'snowflake'],
  ['sonarcloud', 'sonar'],
  ['sonarqube', 'sonar'],
]);

/** Returns the brand that is a part of a name, or a label of the host, from the right. */
export function brandOf(from: {
  name?: string;
  host?: string;
}): Brand | undefined {
  const { name = '', host = '' } = from;
  const words = [
    ...name.split('-'),
    ...host.toLowerCase().replace(/:\d+$/, '').split('.').reverse(),
  ];
  return words
    .map(word => BRANDS.get(NAMES.get(word) ?? word))
    .find(brand => brand);
}
