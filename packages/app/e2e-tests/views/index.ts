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
  'the list': listViews,
  'how one begins': startViews,
  'the import': openapiViews,
  'the editor': editorViews,
  'a datasource': detailViews,
  'what somebody is asked for': requestViews,
};

/** All views. */
export const allViews: View[] = Object.values(viewGroups).flat();
