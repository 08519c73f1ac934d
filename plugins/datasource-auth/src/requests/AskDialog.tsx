import { lazy, Suspense } from 'react';
import type { AskFormProps } from './AskForm';

// Few people ask someone else, and the views that offer it load without it.
const AskForm = lazy(() =>
  import('./AskForm').then(m => ({ default: m.AskForm })),
);

/** Asks someone else to authorize a datasource, then shows the link once. */
export const AskDialog = (props: AskFormProps) => (
  <Suspense fallback={null}>
    <AskForm {...props} />
  </Suspense>
);
