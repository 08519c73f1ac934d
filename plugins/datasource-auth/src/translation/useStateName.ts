import { DatasourceState } from 'backstage-plugin-datasource-auth-common';
import {
  datasourceAuthReactTranslationRef,
  useTextRef,
} from 'backstage-plugin-datasource-auth-react';

/** Returns a function that translates a state as the status marker does: in capitals, or calmly as in lists. */
export function useStateName(
  look: 'state' | 'calmState' = 'state',
): (state: DatasourceState) => string {
  const t = useTextRef(datasourceAuthReactTranslationRef);
  return state => t(`${look}.${state}`);
}
