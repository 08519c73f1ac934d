import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DatasourceState } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthReactTranslationRef } from 'backstage-plugin-datasource-auth-react';

/** Returns a function that translates a state as the status marker does. */
export function useStateName(): (state: DatasourceState) => string {
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
  return state => t(`state.${state}`);
}
