import { OpenApiScope } from 'backstage-plugin-datasource-auth-common';
import { CheckList, CheckListProps } from './CheckList';

/** Props of {@link ScopeChecks}. */
export interface ScopeChecksProps extends Omit<CheckListProps, 'options'> {
  scopes: OpenApiScope[];
}

/** Checkboxes for scopes with their descriptions. */
export const ScopeChecks = ({ scopes, ...rest }: ScopeChecksProps) => (
  <CheckList
    {...rest}
    options={scopes.map(({ scope, description }) => ({
      value: scope,
      name: scope,
      about: description && ` – ${description}`,
    }))}
  />
);
