import { lazy, Suspense } from 'react';
import type { DeleteFormProps } from './DeleteForm';

// Loaded when it opens, because few users of the page delete anything.
const DeleteForm = lazy(() =>
  import('./DeleteForm').then(m => ({ default: m.DeleteForm })),
);

/** The dialog in which a user deletes a datasource. */
export const DeleteDatasourceDialog = (props: DeleteFormProps) => (
  <Suspense fallback={null}>
    <DeleteForm {...props} />
  </Suspense>
);
