import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { DatasourceState } from 'backstage-plugin-datasource-auth-common';
import { datasourceAuthReactTranslationRef } from 'backstage-plugin-datasource-auth-react';

/** The words of the status marker, for states that are named in a text. */
export function useStateName(): (state: DatasourceState) => string {
  const { t } = useTranslationRef(datasourceAuthReactTranslationRef);
  return state => t(`state.${state}`);
}
