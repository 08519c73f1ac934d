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

/** Returns the brand that a part of the preset's ID names, or a label of the host, from the right. */
export function brandOf(from: {
  preset?: string;
  host?: string;
}): Brand | undefined {
  const { preset = '', host = '' } = from;
  const names = [
    ...preset.split('-'),
    ...host.toLowerCase().replace(/:\d+$/, '').split('.').reverse(),
  ];
  return names
    .map(name => BRANDS.get(NAMES.get(name) ?? name))
    .find(brand => brand);
}
