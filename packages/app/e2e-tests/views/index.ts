import { connectionViews } from './connectionViews';
import { detailViews } from './detailViews';
import { editorViews } from './editorViews';
import { listViews } from './listViews';
import { requestViews } from './requestViews';
import { openapiViews } from './openapiViews';
import { startViews } from './startViews';
import type { View } from './View';

export { datasourcesToView } from './datasourcesToView';
export type { View, ViewContext } from './View';

/** All views and states of the page, by topic. */
export const viewGroups = {
  'the views of the list': listViews,
  'the views to create a datasource': startViews,
  'the views of the import': openapiViews,
  'the views of the editor': editorViews,
  'the views of a datasource': detailViews,
  'the views of an approval request': requestViews,
  'the views of My connections': connectionViews,
};

/** All views. */
export const allViews: View[] = Object.values(viewGroups).flat();
