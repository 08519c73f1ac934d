import { detailViews } from './detailViews';
import { editorViews } from './editorViews';
import { listViews } from './listViews';
import { requestViews } from './requestViews';
import { openapiViews } from './openapiViews';
import { startViews } from './startViews';
import type { View } from './View';

export { datasourcesToView } from './datasourcesToView';
export type { View, ViewContext } from './View';

/** Every view of the page and every state that looks like one of its own. */
export const allViews: View[] = [
  ...listViews,
  ...startViews,
  ...openapiViews,
  ...editorViews,
  ...detailViews,
  ...requestViews,
];
